import { isObject, isRequestId, type JsonRpcRequest } from "../../jsonrpc/message.ts";
import { invalidParams, RpcError } from "../../jsonrpc/rpc-error.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import { progressReporter } from "../../kernel/progress.ts";
import {
  type ClientCapabilities,
  type Implementation,
  isModern,
  isRevision,
  LOG_LEVELS,
  type LoggingLevel,
  MCP_ERROR,
  META,
  REVISIONS,
  type Revision,
} from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";

/** True when a request brings its own metadata, which is how a client opens in this era. */
export function isModernEnvelope(params: JsonObject | undefined): boolean {
  const meta = params?._meta;
  return isObject(meta) && (META.protocolVersion in meta || META.clientCapabilities in meta);
}

/**
 * Reads a request's own metadata into `call`.
 * @throws {RpcError} -32022 for a revision this era does not have, -32602 for metadata that is missing
 *   or malformed
 */
export function decode(request: JsonRpcRequest, call: LiveCall): void {
  const meta = readMeta(request.params);
  call.revision = readRevision(meta);
  call.client = { info: readClientInfo(meta), capabilities: readCapabilities(meta) };
  call.trace = readTrace(meta);
  call.logLevel = readLogLevel(meta);
  const token = meta[META.progressToken];
  if (token !== undefined) {
    if (!isRequestId(token))
      throw invalidParams("_meta.progressToken must be a string or integer.");
    call.progress = progressReporter(token, call.emit);
  }
}

// basic/index: a request without one of the required keys MUST be answered with -32602.
function readMeta(params: JsonObject | undefined): JsonObject {
  const meta = params?._meta;
  if (!isObject(meta)) throw missing(META.protocolVersion);
  return meta;
}

function readRevision(meta: JsonObject): Revision {
  const requested = meta[META.protocolVersion];
  if (typeof requested !== "string") throw missing(META.protocolVersion);
  if (isRevision(requested) && isModern(requested)) return requested;
  // basic/versioning: MUST answer -32022 with the versions that are supported.
  throw new RpcError(MCP_ERROR.unsupportedProtocolVersion, "Unsupported protocol version", {
    supported: SUPPORTED,
    requested,
  });
}

/** Every revision a dual-era server speaks, newest first. */
export const SUPPORTED: string[] = [...REVISIONS].reverse();

function readCapabilities(meta: JsonObject): ClientCapabilities {
  const declared = meta[META.clientCapabilities];
  if (!isObject(declared)) throw missing(META.clientCapabilities);
  const { elicitation } = declared;
  // client/elicitation: an empty object means form mode.
  if (isObject(elicitation) && !("form" in elicitation) && !("url" in elicitation)) {
    return { ...declared, elicitation: { form: {} } } as ClientCapabilities;
  }
  return declared as ClientCapabilities;
}

function readClientInfo(meta: JsonObject): Implementation | undefined {
  const info = meta[META.clientInfo];
  return isObject(info) ? (info as unknown as Implementation) : undefined;
}

function readLogLevel(meta: JsonObject): LoggingLevel | undefined {
  const level = meta[META.logLevel];
  if (level === undefined) return undefined;
  const known = LOG_LEVELS.find((one) => one === level);
  if (known === undefined) throw invalidParams(`_meta.${META.logLevel} must be a log level.`);
  return known;
}

function readTrace(meta: JsonObject) {
  const { traceparent, tracestate, baggage } = meta;
  if (typeof traceparent !== "string") return undefined;
  return {
    traceparent,
    ...(typeof tracestate === "string" && { tracestate }),
    ...(typeof baggage === "string" && { baggage }),
  };
}

function missing(key: string): RpcError {
  return invalidParams(
    `Missing _meta["${key}"]: each request must carry it; a client of an older revision must send initialize first.`,
  );
}
