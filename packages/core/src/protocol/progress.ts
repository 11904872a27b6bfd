import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { since } from "./marks.ts";
import { notificationFields } from "./message.ts";
import { ProgressToken } from "./primitives.ts";
import { defineMethods, notification } from "./rows.ts";

const progressNotificationParams = define("ProgressNotificationParams", () =>
  s.object({
    ...notificationFields,
    progressToken: ProgressToken,
    progress: s.number(),
    total: s.optional(s.number()),
    message: since("2025-03-26", s.string()),
  }),
);
/** How far a request has come, in units of the sender's choosing; `progress` only ever grows. */
export interface ProgressNotificationParams extends Output<typeof progressNotificationParams> {}
export const ProgressNotificationParams: Definition<ProgressNotificationParams> =
  progressNotificationParams;

/** Progress of a request that carries a progress token. */
export const progressMethods = defineMethods(
  notification("notifications/progress", {
    since: "2024-11-05",
    from: { "2024-11-05": "both", "2026-07-28": "server" },
    params: ProgressNotificationParams,
  }),
);
