import { deeperThan } from "./depth.ts";
import { JSON_RPC, RpcError } from "./rpc-error.ts";

/** Bounds on one incoming message; beyond them it is refused before anyone acts on it. */
export interface MessageLimits {
  /** Longest message in bytes. Default 32 MiB. */
  readonly bytes: number;
  /** Deepest nesting of arrays and objects. Default 256. */
  readonly depth: number;
}

/** The bounds that hold where none are given. */
export const MESSAGE_LIMITS: MessageLimits = { bytes: 32 * 1024 * 1024, depth: 256 };

/**
 * Decodes one message.
 * @throws {RpcError} -32700 when `text` is not JSON, -32600 when it is nested too deeply
 */
export function decode(text: string, limits: MessageLimits = MESSAGE_LIMITS): unknown {
  // Two brackets a level: a text shorter than that cannot be too deep, which spares small messages the look.
  if (text.length > 2 * limits.depth && deeperThan(text, limits.depth)) {
    throw new RpcError(
      JSON_RPC.invalidRequest,
      `The message is nested deeper than ${limits.depth} levels.`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RpcError(JSON_RPC.parseError, "Parse error: the message is not valid JSON.");
  }
}

/** The error for a message longer than `limits.bytes`. */
export function tooLong(limits: MessageLimits): RpcError {
  return new RpcError(
    JSON_RPC.invalidRequest,
    `The message is longer than ${limits.bytes} bytes; send less in one message.`,
  );
}
