import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { ClientCapabilities } from "./capabilities.ts";
import { type Definition, define } from "./define.ts";
import { Implementation } from "./implementation.ts";
import { open, required, since } from "./marks.ts";
import { LoggingLevel, ProgressToken, RequestId } from "./primitives.ts";

/** The keys of `_meta` that the protocol itself gives a meaning. */
export const META = {
  protocolVersion: "io.modelcontextprotocol/protocolVersion",
  clientCapabilities: "io.modelcontextprotocol/clientCapabilities",
  clientInfo: "io.modelcontextprotocol/clientInfo",
  logLevel: "io.modelcontextprotocol/logLevel",
  serverInfo: "io.modelcontextprotocol/serverInfo",
  subscriptionId: "io.modelcontextprotocol/subscriptionId",
  relatedTask: "io.modelcontextprotocol/related-task",
  progressToken: "progressToken",
  traceparent: "traceparent",
  tracestate: "tracestate",
  baggage: "baggage",
} as const;

const needed = { "2026-07-28": true } as const;

const requestMetaObject = define("RequestMetaObject", () =>
  open(
    s.object({
      [META.progressToken]: s.optional(ProgressToken),
      [META.protocolVersion]: since("2026-07-28", required(needed, s.string())),
      [META.clientCapabilities]: since("2026-07-28", required(needed, ClientCapabilities)),
      [META.clientInfo]: since("2026-07-28", Implementation),
      [META.logLevel]: since("2026-07-28", LoggingLevel),
    }),
  ),
);
/** The `_meta` of a request. 2026-07-28 basic/index: version and capabilities MUST be in each. */
export interface RequestMetaObject extends Output<typeof requestMetaObject> {}
export const RequestMetaObject: Definition<RequestMetaObject> = requestMetaObject;

const notificationMetaObject = define("NotificationMetaObject", () =>
  open(s.object({ [META.subscriptionId]: since("2026-07-28", RequestId) })),
);
/** The `_meta` of a notification; on a listen stream it names that stream. */
export interface NotificationMetaObject extends Output<typeof notificationMetaObject> {}
export const NotificationMetaObject: Definition<NotificationMetaObject> = notificationMetaObject;

const resultMetaObject = define("ResultMetaObject", () =>
  open(s.object({ [META.serverInfo]: since("2026-07-28", Implementation) })),
);
/** The `_meta` of a result; since 2026-07-28 it says which server answered. */
export interface ResultMetaObject extends Output<typeof resultMetaObject> {}
export const ResultMetaObject: Definition<ResultMetaObject> = resultMetaObject;
