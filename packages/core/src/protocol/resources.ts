import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { annotatedFields } from "./annotations.ts";
import { cacheFields } from "./caching.ts";
import { type Definition, define } from "./define.ts";
import { iconFields, namedFields } from "./implementation.ts";
import { retryFields } from "./input.ts";
import { until } from "./marks.ts";
import {
  NotificationParams,
  notificationFields,
  Result,
  requestFields,
  resultFields,
} from "./message.ts";
import { PaginatedRequestParams, pageFields } from "./pagination.ts";
import { Resource, textOrBlob } from "./resource.ts";
import { defineMethods, notification, request } from "./rows.ts";

const uriField = { uri: s.string({ format: "uri" }) };

const resourceTemplate = define("ResourceTemplate", () =>
  s.object({
    ...namedFields,
    ...iconFields,
    ...annotatedFields,
    uriTemplate: s.string({ format: "uri-template" }),
    description: s.optional(s.string()),
    mimeType: s.optional(s.string()),
  }),
);
/** Resources whose URIs follow a template (RFC 6570). */
export interface ResourceTemplate extends Output<typeof resourceTemplate> {}
export const ResourceTemplate: Definition<ResourceTemplate> = resourceTemplate;

const listResourcesResult = define("ListResourcesResult", () =>
  s.object({ ...pageFields, ...cacheFields, resources: s.array(Resource) }),
);
/** One page of a server's resources. */
export interface ListResourcesResult extends Output<typeof listResourcesResult> {}
export const ListResourcesResult: Definition<ListResourcesResult> = listResourcesResult;

const listResourceTemplatesResult = define("ListResourceTemplatesResult", () =>
  s.object({ ...pageFields, ...cacheFields, resourceTemplates: s.array(ResourceTemplate) }),
);
/** One page of a server's resource templates. */
export interface ListResourceTemplatesResult extends Output<typeof listResourceTemplatesResult> {}
export const ListResourceTemplatesResult: Definition<ListResourceTemplatesResult> =
  listResourceTemplatesResult;

const readResourceRequestParams = define("ReadResourceRequestParams", () =>
  s.object({ ...requestFields, ...retryFields, ...uriField }),
);
/** Reads the resource at `uri`. */
export interface ReadResourceRequestParams extends Output<typeof readResourceRequestParams> {}
export const ReadResourceRequestParams: Definition<ReadResourceRequestParams> =
  readResourceRequestParams;

const readResourceResult = define("ReadResourceResult", () =>
  s.object({ ...resultFields, ...cacheFields, contents: s.array(textOrBlob) }),
);
/** What the resource holds; a folder may answer with several contents. */
export interface ReadResourceResult extends Output<typeof readResourceResult> {}
export const ReadResourceResult: Definition<ReadResourceResult> = readResourceResult;

const subscribeRequestParams = define("SubscribeRequestParams", () =>
  until("2025-11-25", s.object({ ...requestFields, ...uriField })),
);
/** Asks to be told when the resource at `uri` changes. */
export interface SubscribeRequestParams extends Output<typeof subscribeRequestParams> {}
export const SubscribeRequestParams: Definition<SubscribeRequestParams> = subscribeRequestParams;

const unsubscribeRequestParams = define("UnsubscribeRequestParams", () =>
  until("2025-11-25", s.object({ ...requestFields, ...uriField })),
);
/** Asks no longer to be told. */
export interface UnsubscribeRequestParams extends Output<typeof unsubscribeRequestParams> {}
export const UnsubscribeRequestParams: Definition<UnsubscribeRequestParams> =
  unsubscribeRequestParams;

const resourceUpdatedNotificationParams = define("ResourceUpdatedNotificationParams", () =>
  s.object({ ...notificationFields, ...uriField }),
);
/** The resource at `uri`, or one below it, has changed. */
export interface ResourceUpdatedNotificationParams
  extends Output<typeof resourceUpdatedNotificationParams> {}
export const ResourceUpdatedNotificationParams: Definition<ResourceUpdatedNotificationParams> =
  resourceUpdatedNotificationParams;

/** Resources: data for the client's application. */
export const resourceMethods = defineMethods(
  request("resources/list", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "resources" },
    params: PaginatedRequestParams,
    result: ListResourcesResult,
    cacheableSince: "2026-07-28",
    paginated: true,
  }),
  request("resources/templates/list", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "resources" },
    params: PaginatedRequestParams,
    result: ListResourceTemplatesResult,
    cacheableSince: "2026-07-28",
    paginated: true,
  }),
  request("resources/read", {
    since: "2024-11-05",
    from: "client",
    gate: { server: "resources" },
    params: ReadResourceRequestParams,
    result: ReadResourceResult,
    cacheableSince: "2026-07-28",
    mayAskForInput: true,
    nameParam: "uri",
  }),
  request("resources/subscribe", {
    since: "2024-11-05",
    until: "2025-11-25",
    from: "client",
    gate: { server: "resources.subscribe" },
    params: SubscribeRequestParams,
    result: Result,
  }),
  request("resources/unsubscribe", {
    since: "2024-11-05",
    until: "2025-11-25",
    from: "client",
    gate: { server: "resources.subscribe" },
    params: UnsubscribeRequestParams,
    result: Result,
  }),
  notification("notifications/resources/list_changed", {
    since: "2024-11-05",
    from: "server",
    gate: { server: "resources.listChanged" },
    params: NotificationParams,
  }),
  notification("notifications/resources/updated", {
    since: "2024-11-05",
    from: "server",
    gate: { server: "resources.subscribe" },
    params: ResourceUpdatedNotificationParams,
  }),
);
