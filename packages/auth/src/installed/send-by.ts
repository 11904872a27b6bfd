import type { Send } from "../client/outbound/send.ts";

/** The shape of `fetch` that is needed. */
export type AnyFetch = (url: string, init: RequestInit) => Promise<Response>;

/** Sends requests for tokens through a program's own `fetch`, with its limits, retries and sentences. */
export function sendBy(fetch: AnyFetch): Send {
  return async ({ method, url, headers, body }, signal) => {
    const init = { method, headers, body: body ?? null, signal: signal ?? null };
    const response = await fetch(url.href, init);
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
}
