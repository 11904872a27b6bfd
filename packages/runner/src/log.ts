import { writeSync } from "node:fs";
import { LOG_LEVELS, type LoggingLevel, maskCredentials, REDACTED } from "@portico/core";
import { isSecret } from "./redact.ts";

/** Facts of one log line by name. The value of a name that speaks of a secret is not written. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes for the operator, one method a severity. Clients never see it: their log is `ctx.log`. */
export type Logger = Readonly<Record<LoggingLevel, (message: string, fields?: LogFields) => void>>;

/** How a logger writes. */
export interface LoggerOptions {
  /** Least severity written. Default `info`. */
  readonly level?: LoggingLevel;
  /** `text` for people, `json` for one object a line. Default `text`. */
  readonly format?: "text" | "json";
  /** Takes one whole line. Default: standard error. */
  readonly write?: (line: string) => void;
}

/** A logger on standard error: standard output carries the protocol. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level: least = "info", format = "text", write = writeToStandardError } = options;
  const line = format === "json" ? jsonLine : textLine;
  const threshold = LOG_LEVELS.indexOf(least);
  const methods = LOG_LEVELS.map((level, severity) => [
    level,
    (message: string, fields: LogFields = {}) => {
      if (severity < threshold) return;
      write(`${maskCredentials(line(new Date().toISOString(), level, message, fields))}\n`);
    },
  ]);
  return Object.fromEntries(methods);
}

function jsonLine(time: string, level: LoggingLevel, message: string, fields: LogFields): string {
  return toJson({ time, level, message, ...fields });
}

function textLine(time: string, level: LoggingLevel, message: string, fields: LogFields): string {
  const parts = [time, level.padEnd(7), oneLine(message)];
  const stacks: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (isSecret(name)) parts.push(`${name}=${REDACTED}`);
    else if (value instanceof Error) stacks.push(stackOf(value));
    else parts.push(`${name}=${bare(value)}`);
  }
  const rest = stacks.flatMap((stack) => stack.split("\n")).map((text) => `\n    ${visible(text)}`);
  return visible(parts.join(" ")) + rest.join("");
}

function stackOf(error: Error): string {
  const stack = error.stack ?? String(error);
  return error.cause instanceof Error ? `${stack}\nCaused by: ${stackOf(error.cause)}` : stack;
}

/** Text from outside must not be able to forge a line of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+\s*/g, " ");
}

/** Nor may it act on the terminal that shows the line: control characters are written out. */
function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.replaceAll(/[^ -~\u00a0-\u2027\u202a-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function bare(value: unknown): string {
  const plain = typeof value === "string" && /^[\w@%+=:,./~-]+$/.test(value);
  return plain ? value : toJson(value);
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value, expressible) ?? "undefined";
  } catch {
    return JSON.stringify("[cannot be written as JSON]");
  }
}

function expressible(name: string, value: unknown): unknown {
  if (isSecret(name)) return REDACTED;
  if (typeof value === "bigint") return String(value);
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}

/** Writes text at once: the last words before an exit must not be lost. */
export function writeToStandardError(line: string): void {
  try {
    writeSync(2, line);
  } catch {
    // Nobody reads standard error, or it is full: the protocol matters more than the line.
  }
}
