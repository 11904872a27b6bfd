import { JSON_RPC, RpcError } from "./rpc-error.ts";

/** Bounds on one incoming message; beyond them it is refused before anyone acts on it. */
export interface MessageLimits {
  /** Longest message in bytes. Default 32 MiB. */
  readonly bytes: number;
  /** Deepest nesting of arrays and objects. Default 256. */
  readonly depth: number;
}

export const MESSAGE_LIMITS: MessageLimits = { bytes: 32 * 1024 * 1024, depth: 256 };

/**
 * Decodes one message.
 * @throws {RpcError} -32700 when `text` is not JSON, -32600 when it is nested too deeply
 */
export function decode(text: string, limits: MessageLimits = MESSAGE_LIMITS): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RpcError(JSON_RPC.parseError, "Parse error: the message is not valid JSON.");
  }
  // Two brackets a level: a text shorter than that cannot be too deep, which spares small messages the walk.
  if (text.length > 2 * limits.depth && deeperThan(value, limits.depth)) {
    throw new RpcError(
      JSON_RPC.invalidRequest,
      `The message is nested deeper than ${limits.depth} levels.`,
    );
  }
  return value;
}

/** The error for a message longer than `limits.bytes`. */
export function tooLong(limits: MessageLimits): RpcError {
  return new RpcError(
    JSON_RPC.invalidRequest,
    `The message is longer than ${limits.bytes} bytes; send less in one message.`,
  );
}

function deeperThan(root: unknown, limit: number): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      for (const child of Object.values(value)) {
        if (typeof child === "object" && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return false;
}
