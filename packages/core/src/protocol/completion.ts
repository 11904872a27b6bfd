import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { namedFields } from "./implementation.ts";
import { changed, since } from "./marks.ts";
import { requestFields, resultFields } from "./message.ts";
import { defineMethods, request } from "./rows.ts";

const promptReference = define("PromptReference", () =>
  s.object({ ...namedFields, type: s.literal("ref/prompt") }),
);
/** Names the prompt whose argument is being typed. */
export interface PromptReference extends Output<typeof promptReference> {}
export const PromptReference: Definition<PromptReference> = promptReference;

const resourceTemplateReference = define("ResourceTemplateReference", () =>
  s.object({ type: s.literal("ref/resource"), uri: s.string({ format: "uri-template" }) }),
);
/** Names the resource template whose variable is being typed. */
export interface ResourceTemplateReference extends Output<typeof resourceTemplateReference> {}
export const ResourceTemplateReference: Definition<ResourceTemplateReference> =
  resourceTemplateReference;

const completeRequestParams = define("CompleteRequestParams", () =>
  s.object({
    ...requestFields,
    ref: s.union([PromptReference, ResourceTemplateReference]),
    argument: s.object({ name: s.string(), value: s.string() }),
    context: since("2025-06-18", s.object({ arguments: s.optional(s.record(s.string())) })),
  }),
);
/** Asks how `argument` could go on; `context` holds the arguments already settled. */
export interface CompleteRequestParams extends Output<typeof completeRequestParams> {}
export const CompleteRequestParams: Definition<CompleteRequestParams> = completeRequestParams;

const values = changed({
  "2024-11-05": s.array(s.string()),
  "2026-07-28": s.array(s.string(), { maxItems: 100 }),
});
const completeResult = define("CompleteResult", () =>
  s.object({
    ...resultFields,
    completion: s.object({
      values,
      total: s.optional(s.integer()),
      hasMore: s.optional(s.boolean()),
    }),
  }),
);
/** Up to 100 suggestions, best first, and how many there are in all. */
export interface CompleteResult extends Output<typeof completeResult> {}
export const CompleteResult: Definition<CompleteResult> = completeResult;

/** Completion: suggestions while a person types an argument. */
export const completionMethods = defineMethods(
  request("completion/complete", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "completions" },
    gatedSince: "2025-03-26",
    params: CompleteRequestParams,
    result: CompleteResult,
  }),
);
