import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { until } from "./marks.ts";
import { notificationFields, Result, requestFields } from "./message.ts";
import { LoggingLevel } from "./primitives.ts";
import { defineMethods, notification, request } from "./rows.ts";

const setLevelRequestParams = define("SetLevelRequestParams", () =>
  until("2025-11-25", s.object({ ...requestFields, level: LoggingLevel })),
);
/** Asks for log messages of `level` and graver. */
export interface SetLevelRequestParams extends Output<typeof setLevelRequestParams> {}
export const SetLevelRequestParams: Definition<SetLevelRequestParams> = setLevelRequestParams;

const loggingMessageNotificationParams = define("LoggingMessageNotificationParams", () =>
  s.object({
    ...notificationFields,
    level: LoggingLevel,
    logger: s.optional(s.string()),
    data: s.unknown(),
  }),
);
/** One log message; `data` is a string or any other JSON value. */
export interface LoggingMessageNotificationParams
  extends Output<typeof loggingMessageNotificationParams> {}
export const LoggingMessageNotificationParams: Definition<LoggingMessageNotificationParams> =
  loggingMessageNotificationParams;

/** Logging to the client: a session's level at first, each request's own since 2026-07-28 (deprecated). */
export const loggingMethods = defineMethods(
  request("logging/setLevel", {
    since: "2024-11-05",
    until: "2025-11-25",
    from: "client",
    gate: { server: "logging" },
    params: SetLevelRequestParams,
    result: Result,
  }),
  notification("notifications/message", {
    since: "2024-11-05",
    from: "server",
    gate: { server: "logging" },
    params: LoggingMessageNotificationParams,
  }),
);
