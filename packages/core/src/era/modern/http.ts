import { isObject, type JsonRpcRequest, type JsonRpcResponse } from "../../jsonrpc/message.ts";
import { RpcError } from "../../jsonrpc/rpc-error.ts";
import {
  decodeHeaderValue,
  type ErrorRow,
  errors,
  HEADER,
  isModern,
  isRevision,
  MCP_ERROR,
  META,
  type Methods,
  rowFor,
} from "../../protocol/index.ts";
import { isModernEnvelope } from "./decode.ts";

/** The value of a header, whatever the case of its name. */
type ReadHeader = (name: string) => string | undefined;

/**
 * True when a message posted over HTTP is of this era: it brings its own metadata, or its headers name a revision
 * that would have it (basic/versioning: told by how the client opens).
 */
export function isModernPost(body: unknown, version: string | undefined): boolean {
  if (version !== undefined && isRevision(version) && isModern(version)) return true;
  return isObject(body) && isObject(body.params) && isModernEnvelope(body.params);
}

/**
 * How the headers of a request disagree with its body, as an error; undefined when they agree. A version that is
 * missing in the body, or that nobody speaks, is left to the body's own check, which has errors of its own.
 * Servers MUST reject any disagreement (basic/transports/streamable-http: server validation).
 */
export function headerMismatch(
  { method, params }: JsonRpcRequest,
  methods: Methods,
  read: ReadHeader,
): RpcError | undefined {
  const sent = read(HEADER.protocolVersion);
  const meta = params?._meta;
  const version = isObject(meta) ? meta[META.protocolVersion] : undefined;
  if (sent === undefined) return mismatch(`The header ${HEADER.protocolVersion} is missing.`);
  if (typeof version !== "string") return undefined;
  if (sent !== version) {
    return mismatch(`The header ${HEADER.protocolVersion} does not say what _meta says.`);
  }
  if (!isRevision(version) || !isModern(version)) return undefined;
  if (read(HEADER.method) !== method) {
    return mismatch(`The header ${HEADER.method} must repeat the method of the body.`);
  }
  const row = rowFor(methods, method, version);
  const field = row?.kind === "request" ? row.nameParam : undefined;
  return field === undefined ? undefined : nameMismatch(params?.[field], field, read(HEADER.name));
}

function nameMismatch(value: unknown, field: string, sent: string | undefined) {
  // What the body lacks or words wrongly is the body's own error, unless a header claims to repeat it.
  if (typeof value !== "string" && sent === undefined) return undefined;
  // MUST decode before comparing, and MUST reject what has invalid characters.
  if (sent !== undefined && decodeHeaderValue(sent) === value) return undefined;
  return mismatch(`The header ${HEADER.name} must repeat params.${field} of the body.`);
}

function mismatch(message: string): RpcError {
  return new RpcError(MCP_ERROR.headerMismatch, message);
}

const BY_CODE = new Map<number, ErrorRow>(Object.values(errors).map((row) => [row.code, row]));

/**
 * The HTTP status of a response: what the protocol gives its error; otherwise 400 when the request was refused
 * before a handler saw it, and 200 when a handler said no.
 * @param thrown what it was refused with
 */
export function statusOf(response: JsonRpcResponse, thrown: RpcError | undefined): number {
  if (!("error" in response)) return 200;
  return BY_CODE.get(response.error.code)?.httpStatus ?? (thrown ? 400 : 200);
}
