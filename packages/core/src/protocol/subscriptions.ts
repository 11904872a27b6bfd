import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { Implementation } from "./implementation.ts";
import { open, since } from "./marks.ts";
import { notificationFields, requestFields, resultFields } from "./message.ts";
import { META } from "./meta.ts";
import { RequestId } from "./primitives.ts";
import { defineMethods, notification, request } from "./rows.ts";

const subscriptionFilter = define("SubscriptionFilter", () =>
  since(
    "2026-07-28",
    open(
      s.object({
        toolsListChanged: s.optional(s.boolean()),
        promptsListChanged: s.optional(s.boolean()),
        resourcesListChanged: s.optional(s.boolean()),
        resourceSubscriptions: s.optional(s.array(s.string())),
      }),
    ),
  ),
);
/** What a listen stream is to carry; extensions add keys of their own. */
export interface SubscriptionFilter extends Output<typeof subscriptionFilter> {}
export const SubscriptionFilter: Definition<SubscriptionFilter> = subscriptionFilter;

const subscriptionsListenRequestParams = define("SubscriptionsListenRequestParams", () =>
  since("2026-07-28", s.object({ ...requestFields, notifications: SubscriptionFilter })),
);
/** Opens a stream of the notifications named. */
export interface SubscriptionsListenRequestParams
  extends Output<typeof subscriptionsListenRequestParams> {}
export const SubscriptionsListenRequestParams: Definition<SubscriptionsListenRequestParams> =
  subscriptionsListenRequestParams;

const subscriptionsListenResultMetaObject = define("SubscriptionsListenResultMetaObject", () =>
  since(
    "2026-07-28",
    open(
      s.object({
        [META.serverInfo]: s.optional(Implementation),
        [META.subscriptionId]: RequestId,
      }),
    ),
  ),
);
/** The `_meta` that ends a listen stream, and says which. */
export interface SubscriptionsListenResultMetaObject
  extends Output<typeof subscriptionsListenResultMetaObject> {}
export const SubscriptionsListenResultMetaObject: Definition<SubscriptionsListenResultMetaObject> =
  subscriptionsListenResultMetaObject;

const subscriptionsListenResult = define("SubscriptionsListenResult", () =>
  since("2026-07-28", s.object({ ...resultFields, _meta: SubscriptionsListenResultMetaObject })),
);
/** The server ends a listen stream in good order. */
export interface SubscriptionsListenResult extends Output<typeof subscriptionsListenResult> {}
export const SubscriptionsListenResult: Definition<SubscriptionsListenResult> =
  subscriptionsListenResult;

const subscriptionsAcknowledgedNotificationParams = define(
  "SubscriptionsAcknowledgedNotificationParams",
  () => since("2026-07-28", s.object({ ...notificationFields, notifications: SubscriptionFilter })),
);
/** The first message of a listen stream: what of the filter the server will honour. */
export interface SubscriptionsAcknowledgedNotificationParams
  extends Output<typeof subscriptionsAcknowledgedNotificationParams> {}
export const SubscriptionsAcknowledgedNotificationParams: Definition<SubscriptionsAcknowledgedNotificationParams> =
  subscriptionsAcknowledgedNotificationParams;

/** Listening for changes. */
export const subscriptionMethods = defineMethods(
  request("subscriptions/listen", {
    since: "2026-07-28",
    from: "client",
    params: SubscriptionsListenRequestParams,
    result: SubscriptionsListenResult,
  }),
  notification("notifications/subscriptions/acknowledged", {
    since: "2026-07-28",
    from: "server",
    params: SubscriptionsAcknowledgedNotificationParams,
  }),
);
