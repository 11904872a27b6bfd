import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { cacheFields } from "./caching.ts";
import { ContentBlock } from "./content.ts";
import { type Definition, define } from "./define.ts";
import { retryFields } from "./input.ts";
import { NotificationParams, requestFields, resultFields } from "./message.ts";
import { PaginatedRequestParams, pageFields } from "./pagination.ts";
import { defineMethods, notification, request } from "./rows.ts";
import { structuredContent } from "./sampling-content.ts";
import { taskFields } from "./task.ts";
import { Tool } from "./tool.ts";

const listToolsResult = define("ListToolsResult", () =>
  s.object({ ...pageFields, ...cacheFields, tools: s.array(Tool) }),
);
/** One page of a server's tools. */
export interface ListToolsResult extends Output<typeof listToolsResult> {}
export const ListToolsResult: Definition<ListToolsResult> = listToolsResult;

const callToolRequestParams = define("CallToolRequestParams", () =>
  s.object({
    ...requestFields,
    ...retryFields,
    ...taskFields,
    name: s.string(),
    arguments: s.optional(s.record(s.unknown())),
  }),
);
/** Calls the tool `name`. */
export interface CallToolRequestParams extends Output<typeof callToolRequestParams> {}
export const CallToolRequestParams: Definition<CallToolRequestParams> = callToolRequestParams;

const callToolResult = define("CallToolResult", () =>
  s.object({
    ...resultFields,
    content: s.array(ContentBlock),
    structuredContent: s.optional(structuredContent),
    isError: s.optional(s.boolean()),
  }),
);
/** What a tool answered; with `isError`, why it could not, told so that a model can do better. */
export interface CallToolResult extends Output<typeof callToolResult> {}
export const CallToolResult: Definition<CallToolResult> = callToolResult;

/** Tools: functions for models. */
export const toolMethods = defineMethods(
  request("tools/list", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "tools" },
    params: PaginatedRequestParams,
    result: ListToolsResult,
    cacheableSince: "2026-07-28",
    paginated: true,
  }),
  request("tools/call", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "tools" },
    params: CallToolRequestParams,
    result: CallToolResult,
    mayAskForInput: true,
    nameParam: "name",
  }),
  notification("notifications/tools/list_changed", {
    since: "2024-11-05",
    from: "server",
    gate: { server: "tools.listChanged" },
    params: NotificationParams,
  }),
);
