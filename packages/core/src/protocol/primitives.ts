import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";

const requestId = define("RequestId", () => s.union([s.string(), s.integer()]));
/** Identifies a request among its sender's outstanding ones. */
export type RequestId = Output<typeof requestId>;
export const RequestId: Definition<RequestId> = requestId;

const progressToken = define("ProgressToken", () => s.union([s.string(), s.integer()]));
/** Ties progress notifications to the request that asked for them. */
export type ProgressToken = Output<typeof progressToken>;
export const ProgressToken: Definition<ProgressToken> = progressToken;

const cursor = define("Cursor", () => s.string());
/** Where the next page of a list starts. Opaque: only its issuer reads it; the empty string is one too. */
export type Cursor = Output<typeof cursor>;
export const Cursor: Definition<Cursor> = cursor;

const role = define("Role", () => s.enum(["assistant", "user"]));
/** Who speaks in a conversation, or whom content is meant for. */
export type Role = Output<typeof role>;
export const Role: Definition<Role> = role;

/** Log levels of RFC 5424, mildest first. */
export const LOG_LEVELS = [
  "debug",
  "info",
  "notice",
  "warning",
  "error",
  "critical",
  "alert",
  "emergency",
] as const;

const loggingLevel = define("LoggingLevel", () => s.enum(LOG_LEVELS));
/** How grave a log message is, as syslog has it (RFC 5424), mildest first. */
export type LoggingLevel = Output<typeof loggingLevel>;
export const LoggingLevel: Definition<LoggingLevel> = loggingLevel;

/** True when a message of `level` is at least as grave as `threshold`. */
export function isSevere(level: LoggingLevel, threshold: LoggingLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}

const metaObject = define("MetaObject", () => s.record(s.unknown()));
/** Data attached beside the protocol's own fields, under keys of the sender's choosing. */
export interface MetaObject extends Output<typeof metaObject> {}
export const MetaObject: Definition<MetaObject> = metaObject;
