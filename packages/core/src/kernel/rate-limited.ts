import { RpcError } from "../jsonrpc/rpc-error.ts";

/**
 * The code of {@link RateLimited}: HTTP's own for it. MCP keeps -32099 to -32000 for itself (basic/index), and
 * every other number is the server's.
 */
export const RATE_LIMITED = 429;

/**
 * The caller asks too often. It is an answer like any other, over HTTP as well: a client takes a bare status 429 for the
 * transport's, and its caller would not learn when to come back.
 */
export class RateLimited extends RpcError {
  /** Whole seconds after which the same call will be taken again; at least 1. */
  readonly retryAfterSeconds: number;

  /** @param retryAfterMs how long, in milliseconds, until the same call will be taken again */
  constructor(retryAfterMs: number) {
    const retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
    super(RATE_LIMITED, `Too many calls: try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
