import type { UrlGuard } from "./url-guard.ts";

/** A request of the client's own: for metadata, for a registration, for a token. */
export interface Outbound {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The answer to an {@link Outbound}, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Sends a request where the guard allows it and reads the answer within {@link OUTBOUND_LIMITS}. Redirects are
 * answers like any other: following one would leave the guard behind.
 * @throws {OAuthError} when the guard refuses, or nothing of use came back
 */
export type Send = (request: Outbound, signal?: AbortSignal) => Promise<Reply>;

/** What one request may cost at most. */
export const OUTBOUND_LIMITS = { bytes: 262_144, milliseconds: 20_000 } as const;

/** How requests leave: by the caller's `fetch` (a proxy, or a place without Node), or by Node's own client. */
export function sender(guard: UrlGuard, fetch?: typeof globalThis.fetch): Send {
  return async (request, signal) => {
    guard.check(request.url);
    if (fetch) {
      const { sendByFetch } = await import("./send-by-fetch.ts");
      return sendByFetch(fetch, request, signal);
    }
    const { sendByNode } = await import("./send-by-node.ts");
    return sendByNode(guard, request, signal);
  };
}

/** The signal that ends a request: the caller's, or the end of its time. */
export function deadline(signal?: AbortSignal): AbortSignal {
  const time = AbortSignal.timeout(OUTBOUND_LIMITS.milliseconds);
  return signal ? AbortSignal.any([signal, time]) : time;
}
