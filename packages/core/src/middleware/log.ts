import { isObject } from "../jsonrpc/message.ts";
import { JSON_RPC } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import type { Middleware } from "../kernel/compose.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { traceOf } from "../kernel/trace-of.ts";
import type { JsonValue } from "../schema/json-schema.ts";
import { goesOn, nameOf, observe, observer, type Status, statusOf, uriOf } from "./facts.ts";
import { printable, printableUri } from "./printable.ts";
import { redact } from "./redact.ts";

/** What {@link log} writes to: pino, or anything that takes an object and a message as pino does. */
export interface CallLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What {@link log} writes, and where. */
export interface LogOptions {
  readonly logger: CallLogger;
  /**
   * Also writes the arguments of tools and prompts. Values under names that speak of a secret are left out,
   * within texts too, but what a person wrote can be one under any name. Default false.
   */
  readonly arguments?: boolean;
}

/** The fields of one line. A field that a call has nothing for is absent. */
export interface LogLine {
  readonly method: string;
  /** The tool or prompt. */
  readonly name?: string;
  /** The resource, without secrets in its URI. */
  readonly uri?: string;
  readonly status: Status;
  /** The code of the error, where the status is `error`. */
  readonly code?: number;
  /** Under which the server reported a bug whose caller was told only this. */
  readonly reference?: string;
  readonly durationMs: number;
  /** The caller's id, where somebody authenticated. */
  readonly principal?: string;
  /** The JSON-RPC id of the request that began it; a call that one tool makes to another has none. */
  readonly requestId?: string | number;
  readonly traceId?: string;
  /** How many other calls this one is inside of; absent for one from outside. */
  readonly depth?: number;
  readonly arguments?: JsonValue;
}

/**
 * Writes one line for each call: `info` for what went well or asked the client, `warn` for what the caller got
 * wrong or a tool could not do, `error` for bugs. Text from outside cannot forge a line, and error messages are
 * not written, because they can repeat arguments. A call that goes on as a task has its line when it has run.
 */
export function log(options: LogOptions): Middleware {
  const { logger } = options;
  return observer(function logCall(call, next) {
    const started = performance.now();
    return observe(call, next, (outcome) => {
      if (goesOn(outcome)) return;
      const line = lineOf(call, outcome, performance.now() - started, options);
      const words = [line.method, line.name ?? line.uri, line.status];
      logger[levelOf(line)](line, words.filter((word) => word !== undefined).join(" "));
    });
  });
}

function levelOf({ status, code, reference }: LogLine): "info" | "warn" | "error" {
  if (status === "tool_error") return reference === undefined ? "warn" : "error";
  if (status === "error") return code === JSON_RPC.internalError ? "error" : "warn";
  return "info";
}

function lineOf(call: Call, outcome: Outcome, milliseconds: number, options: LogOptions): LogLine {
  const status = statusOf(outcome, call);
  const code = status === "error" && outcome.kind === "error" ? outcome.error.code : undefined;
  const text = (value: string | undefined) => (value === undefined ? undefined : printable(value));
  const { id } = call;
  const uri = uriOf(call);
  const given = options.arguments ? call.params.arguments : undefined;
  const fields: { [Field in keyof LogLine]: LogLine[Field] | undefined } = {
    method: printable(call.method),
    name: text(nameOf(call)),
    uri: uri === undefined ? undefined : printableUri(uri),
    status,
    code,
    reference: referenceOf(outcome),
    durationMs: Math.round(milliseconds * 1000) / 1000,
    principal: text(call.principal?.id),
    requestId: typeof id === "string" ? printable(id) : id,
    traceId: traceIdOf(call),
    depth: call.depth,
    arguments: given === undefined ? undefined : redact(given),
  };
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as LogLine;
}

/** The trace a call belongs to (W3C Trace Context: version, trace id, parent id, flags). */
function traceIdOf(call: Call): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceOf(call)?.traceparent ?? "")?.[1];
}

/** Characters at the end of a text that a reference is looked for in. */
const MOST_REFERENCE = 40;

/** The reference under which a bug was reported; the caller finds it at the end of what it was told. */
function referenceOf(outcome: Outcome): string | undefined {
  return /\(reference ([0-9a-f]{8})\)\.$/.exec(told(outcome).slice(-MOST_REFERENCE))?.[1];
}

function told(outcome: Outcome): string {
  if (outcome.kind === "error") return outcome.error.message;
  if (outcome.kind !== "complete" || outcome.result.isError !== true) return "";
  const [first] = Array.isArray(outcome.result.content) ? outcome.result.content : [];
  return isObject(first) && typeof first.text === "string" ? first.text : "";
}
