import { decode, type MessageLimits } from "../../jsonrpc/codec.ts";
import { isObject, kindOf } from "../../jsonrpc/message.ts";
import { JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { MCP_ERROR } from "../../protocol/index.ts";
import { readText } from "./client-body.ts";
import { HttpError } from "./client-errors.ts";

/** A request that was answered with a status other than success. */
export interface Refusal {
  readonly status: number;
  /** What MCP said in the body, if it did. */
  readonly rpc?: RpcError | undefined;
  /** What to tell a caller. */
  readonly error: Error;
}

const MODERN_CODES: readonly number[] = [
  MCP_ERROR.headerMismatch,
  MCP_ERROR.missingRequiredClientCapability,
  MCP_ERROR.unsupportedProtocolVersion,
];

/** Reads why a request was refused. Never throws: a body that cannot be read says nothing. */
export async function readRefusal(response: Response, limits: MessageLimits): Promise<Refusal> {
  const { status } = response;
  const rpc = await rpcErrorIn(response, limits);
  // Who is kept out is told by HTTP; there the error of MCP, which may have any code, is only the reason.
  const keptOut = status === 401 || status === 403;
  if (rpc && !keptOut) return { status, rpc, error: rpc };
  return { status, rpc, error: new HttpError(status, sentence(status, rpc), { cause: rpc }) };
}

/** True when only a modern server refuses like that (2026-07-28 basic/transports/streamable-http, backward compatibility). */
export function isModernRefusal({ status, rpc }: Refusal): boolean {
  if (rpc === undefined) return false;
  return MODERN_CODES.includes(rpc.code) || isUnknownMethod(status, rpc);
}

/** True for a 404 that is about the method, not about the session or the address. */
export function isUnknownMethod(status: number, rpc: RpcError | undefined): boolean {
  return status === 404 && rpc?.code === JSON_RPC.methodNotFound;
}

async function rpcErrorIn(
  response: Response,
  limits: MessageLimits,
): Promise<RpcError | undefined> {
  try {
    const value = decode(await readText(response, limits), limits);
    if (kindOf(value) !== "response" || !isObject(value) || value.error === undefined) return;
    return RpcError.from(value.error as unknown as RpcError);
  } catch {
    return;
  }
}

function sentence(status: number, rpc: RpcError | undefined): string {
  const reason = rpc ? ` Its reason: ${rpc.message}` : "";
  if (status === 401) return `The server wants to know who calls (HTTP 401).${reason}`;
  if (status === 403) return `The server does not allow this (HTTP 403).${reason}`;
  if (status === 404) return "There is no MCP server at this address (HTTP 404).";
  if (status === 429) return "The server has had too many requests (HTTP 429); try again later.";
  if (status === 503) return "The server is not available now (HTTP 503); try again later.";
  return `The server answered with HTTP ${status} and nothing of MCP.`;
}
