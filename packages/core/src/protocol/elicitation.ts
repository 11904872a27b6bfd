import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { PrimitiveSchemaDefinition } from "./elicitation-schema.ts";
import { required, since, until } from "./marks.ts";
import { notificationFields } from "./message.ts";
import { RequestMetaObject, ResultMetaObject } from "./meta.ts";
import { defineMethods, notification, request } from "./rows.ts";
import { taskFields } from "./task.ts";

const askFields = {
  _meta: until("2025-11-25", RequestMetaObject),
  ...taskFields,
  message: s.string(),
};

const elicitRequestFormParams = define("ElicitRequestFormParams", () =>
  since(
    "2025-06-18",
    s.object({
      ...askFields,
      mode: since("2025-11-25", s.literal("form")),
      requestedSchema: s.object({
        $schema: since("2025-11-25", s.string()),
        type: s.literal("object"),
        properties: s.record(PrimitiveSchemaDefinition),
        required: s.optional(s.array(s.string())),
      }),
    }),
  ),
);
/** Asks the user to fill in a form. Without `mode` a request is one of these. */
export interface ElicitRequestFormParams extends Output<typeof elicitRequestFormParams> {}
export const ElicitRequestFormParams: Definition<ElicitRequestFormParams> = elicitRequestFormParams;

const elicitRequestURLParams = define("ElicitRequestURLParams", () =>
  since(
    "2025-11-25",
    s.object({
      ...askFields,
      mode: s.literal("url"),
      elicitationId: until("2025-11-25", required({ "2025-11-25": true }, s.string())),
      url: s.string({ format: "uri" }),
    }),
  ),
);
/** Asks the user to visit a page, where what is secret stays between them and the page. */
export interface ElicitRequestURLParams extends Output<typeof elicitRequestURLParams> {}
export const ElicitRequestURLParams: Definition<ElicitRequestURLParams> = elicitRequestURLParams;

const elicitRequestParams = define("ElicitRequestParams", () =>
  since("2025-06-18", s.union([ElicitRequestFormParams, ElicitRequestURLParams])),
);
/** Asks the user something, by a form or on a page. */
export type ElicitRequestParams = Output<typeof elicitRequestParams>;
export const ElicitRequestParams: Definition<ElicitRequestParams> = elicitRequestParams;

const answer = s.union([
  s.string(),
  s.integer(),
  s.boolean(),
  since("2025-11-25", s.array(s.string())),
]);
const elicitResult = define("ElicitResult", () =>
  since(
    "2025-06-18",
    s.object({
      _meta: until("2025-11-25", ResultMetaObject),
      action: s.enum(["accept", "decline", "cancel"]),
      content: s.optional(s.record(answer)),
    }),
  ),
);
/** What the user did, and the form's values when they accepted one. */
export interface ElicitResult extends Output<typeof elicitResult> {}
export const ElicitResult: Definition<ElicitResult> = elicitResult;

/** The params of `notifications/elicitation/complete`. */
const completeParams = s.object({ ...notificationFields, elicitationId: s.string() });

/** Asking the user. Since 2026-07-28 it is only an input request. */
export const elicitationMethods = defineMethods(
  request("elicitation/create", {
    since: "2025-06-18",
    inputOnlySince: "2026-07-28",
    from: "server",
    gate: { client: "elicitation" },
    params: ElicitRequestParams,
    result: ElicitResult,
  }),
  notification("notifications/elicitation/complete", {
    since: "2025-11-25",
    until: "2025-11-25",
    from: "server",
    gate: { client: "elicitation.url" },
    params: completeParams,
  }),
);
