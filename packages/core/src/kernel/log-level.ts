import type { LoggingLevel } from "../protocol/index.ts";

/** Log levels of RFC 5424, least severe first. */
export const LOG_LEVELS: readonly LoggingLevel[] = [
  "debug",
  "info",
  "notice",
  "warning",
  "error",
  "critical",
  "alert",
  "emergency",
];

/** True when `level` is at least as severe as `least`. */
export function isSevere(level: LoggingLevel, least: LoggingLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}
