import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { since, until } from "./marks.ts";
import { RequestMetaObject } from "./meta.ts";
import { MetaObject, Role } from "./primitives.ts";
import { defineMethods, request } from "./rows.ts";
import { samplingContent } from "./sampling-content.ts";
import { taskFields } from "./task.ts";
import { Tool } from "./tool.ts";

const samplingMessage = define("SamplingMessage", () =>
  s.object({ _meta: since("2025-11-25", MetaObject), role: Role, content: samplingContent }),
);
/** One turn of the conversation handed to a model. */
export interface SamplingMessage extends Output<typeof samplingMessage> {}
export const SamplingMessage: Definition<SamplingMessage> = samplingMessage;

const modelHint = define("ModelHint", () => s.object({ name: s.optional(s.string()) }));
/** Part of the name of a model to prefer. */
export interface ModelHint extends Output<typeof modelHint> {}
export const ModelHint: Definition<ModelHint> = modelHint;

const weight = s.number({ minimum: 0, maximum: 1 });
const modelPreferences = define("ModelPreferences", () =>
  s.object({
    hints: s.optional(s.array(ModelHint)),
    costPriority: s.optional(weight),
    speedPriority: s.optional(weight),
    intelligencePriority: s.optional(weight),
  }),
);
/** Which model to choose: hints in order, and how much cost, speed and ability weigh, each from 0 to 1. */
export interface ModelPreferences extends Output<typeof modelPreferences> {}
export const ModelPreferences: Definition<ModelPreferences> = modelPreferences;

const toolChoice = define("ToolChoice", () =>
  since("2025-11-25", s.object({ mode: s.optional(s.enum(["auto", "required", "none"])) })),
);
/** Whether the model may, must or must not use a tool; absent means `auto`. */
export interface ToolChoice extends Output<typeof toolChoice> {}
export const ToolChoice: Definition<ToolChoice> = toolChoice;

const createMessageRequestParams = define("CreateMessageRequestParams", () =>
  s.object({
    _meta: until("2025-11-25", RequestMetaObject),
    ...taskFields,
    messages: s.array(SamplingMessage),
    modelPreferences: s.optional(ModelPreferences),
    systemPrompt: s.optional(s.string()),
    includeContext: s.optional(s.enum(["none", "thisServer", "allServers"])),
    temperature: s.optional(s.number()),
    maxTokens: s.integer(),
    stopSequences: s.optional(s.array(s.string())),
    metadata: s.optional(s.record(s.unknown())),
    tools: since("2025-11-25", s.array(Tool)),
    toolChoice: s.optional(ToolChoice),
  }),
);
/** Asks the client's model to continue a conversation. */
export interface CreateMessageRequestParams extends Output<typeof createMessageRequestParams> {}
export const CreateMessageRequestParams: Definition<CreateMessageRequestParams> =
  createMessageRequestParams;

const createMessageResult = define("CreateMessageResult", () =>
  s.object({
    _meta: s.optional(MetaObject),
    role: Role,
    content: samplingContent,
    model: s.string(),
    stopReason: s.optional(s.string()),
  }),
);
/** What the model said. `stopReason` is `endTurn`, `stopSequence`, `maxTokens`, `toolUse` or its own. */
export interface CreateMessageResult extends Output<typeof createMessageResult> {}
export const CreateMessageResult: Definition<CreateMessageResult> = createMessageResult;

/** Borrowing the client's model. Deprecated in 2026-07-28, where it is only an input request. */
export const samplingMethods = defineMethods(
  request("sampling/createMessage", {
    since: "2024-11-05",
    inputOnlySince: "2026-07-28",
    from: "server",
    gate: { client: "sampling" },
    params: CreateMessageRequestParams,
    result: CreateMessageResult,
  }),
);
