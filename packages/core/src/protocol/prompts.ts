import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { metaFields } from "./annotations.ts";
import { cacheFields } from "./caching.ts";
import { ContentBlock } from "./content.ts";
import { type Definition, define } from "./define.ts";
import { iconFields, namedFields } from "./implementation.ts";
import { retryFields } from "./input.ts";
import { NotificationParams, requestFields, resultFields } from "./message.ts";
import { PaginatedRequestParams, pageFields } from "./pagination.ts";
import { Role } from "./primitives.ts";
import { defineMethods, notification, request } from "./rows.ts";

const promptArgument = define("PromptArgument", () =>
  s.object({
    ...namedFields,
    description: s.optional(s.string()),
    required: s.optional(s.boolean()),
  }),
);
/** Something a prompt can be told; absent `required` means it may be left out. */
export interface PromptArgument extends Output<typeof promptArgument> {}
export const PromptArgument: Definition<PromptArgument> = promptArgument;

const prompt = define("Prompt", () =>
  s.object({
    ...namedFields,
    ...iconFields,
    ...metaFields,
    description: s.optional(s.string()),
    arguments: s.optional(s.array(PromptArgument)),
  }),
);
/** A prepared conversation a server offers to people. */
export interface Prompt extends Output<typeof prompt> {}
export const Prompt: Definition<Prompt> = prompt;

const promptMessage = define("PromptMessage", () =>
  s.object({ role: Role, content: ContentBlock }),
);
/** One turn of a prompt. */
export interface PromptMessage extends Output<typeof promptMessage> {}
export const PromptMessage: Definition<PromptMessage> = promptMessage;

const listPromptsResult = define("ListPromptsResult", () =>
  s.object({ ...pageFields, ...cacheFields, prompts: s.array(Prompt) }),
);
/** One page of a server's prompts. */
export interface ListPromptsResult extends Output<typeof listPromptsResult> {}
export const ListPromptsResult: Definition<ListPromptsResult> = listPromptsResult;

const getPromptRequestParams = define("GetPromptRequestParams", () =>
  s.object({
    ...requestFields,
    ...retryFields,
    name: s.string(),
    arguments: s.optional(s.record(s.string())),
  }),
);
/** Asks for the prompt `name`, filled in. */
export interface GetPromptRequestParams extends Output<typeof getPromptRequestParams> {}
export const GetPromptRequestParams: Definition<GetPromptRequestParams> = getPromptRequestParams;

const getPromptResult = define("GetPromptResult", () =>
  s.object({
    ...resultFields,
    description: s.optional(s.string()),
    messages: s.array(PromptMessage),
  }),
);
/** The prompt, ready for a model. */
export interface GetPromptResult extends Output<typeof getPromptResult> {}
export const GetPromptResult: Definition<GetPromptResult> = getPromptResult;

/** Prompts: prepared conversations for people. */
export const promptMethods = defineMethods(
  request("prompts/list", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "prompts" },
    params: PaginatedRequestParams,
    result: ListPromptsResult,
    cacheableSince: "2026-07-28",
    paginated: true,
  }),
  request("prompts/get", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "prompts" },
    params: GetPromptRequestParams,
    result: GetPromptResult,
    mayAskForInput: true,
    nameParam: "name",
  }),
  notification("notifications/prompts/list_changed", {
    since: "2024-11-05",
    from: "server",
    gate: { server: "prompts.listChanged" },
    params: NotificationParams,
  }),
);
