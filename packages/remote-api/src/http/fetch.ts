/** A request on its way to a remote service. Headers are a `Headers`; the body can be sent more than once. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly signal: AbortSignal;
}

/** Sends a request and returns the answer, whose body may still be arriving. */
export type Send = (request: Outgoing) => Promise<Response>;

/** Something that happens around each request. */
export type Layer = (next: Send) => Send;

/** The shape of `fetch` that clients of remote services let their user replace. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Puts `layers` around `send`, the first one outermost. */
export function layered(send: Send, layers: readonly Layer[]): Send {
  return layers.reduceRight((inner, layer) => layer(inner), send);
}

/** Sends through the platform's `fetch`, following no redirect: {@link followRedirects} decides about those. */
export const sendByFetch: Send = ({ url, method, headers, body, signal }) =>
  fetch(url, { method, headers, signal, redirect: "manual", ...(body !== undefined && { body }) });

/**
 * A `fetch` for clients that take one.
 * @throws {TypeError} for a body that cannot be sent twice, such as a stream
 */
export function asFetch(send: Send): Fetch {
  return (url, { method = "GET", headers, body, signal } = {}) =>
    send({
      url: new URL(url),
      method: method.toUpperCase(),
      headers: new Headers(headers),
      body: repeatable(body),
      signal: signal ?? new AbortController().signal,
    });
}

function repeatable(body: RequestInit["body"]): Outgoing["body"] {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("A request to a remote service needs a body of text or bytes.");
}
