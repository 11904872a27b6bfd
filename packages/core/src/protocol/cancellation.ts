import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { required } from "./marks.ts";
import { notificationFields } from "./message.ts";
import { RequestId } from "./primitives.ts";
import { defineMethods, notification } from "./rows.ts";

const cancelledNotificationParams = define("CancelledNotificationParams", () =>
  s.object({
    ...notificationFields,
    requestId: required({ "2024-11-05": true, "2025-11-25": false, "2026-07-28": true }, RequestId),
    reason: s.optional(s.string()),
  }),
);
/** Gives up on the request `requestId`; its sender wants no answer any more. */
export interface CancelledNotificationParams extends Output<typeof cancelledNotificationParams> {}
export const CancelledNotificationParams: Definition<CancelledNotificationParams> =
  cancelledNotificationParams;

/** Giving up on a request; in 2026-07-28 only on stdio, and from the server only to end a listen stream. */
export const cancellationMethods = defineMethods(
  notification("notifications/cancelled", {
    since: "2024-11-05",
    from: "both",
    params: CancelledNotificationParams,
  }),
);
