import { discard } from "./client-body.ts";
import { HttpError, RequestLost } from "./client-errors.ts";
import type { Fetch, HttpClientOptions } from "./client-options.ts";
import { jittered, pause } from "./client-pause.ts";
import { MOST_REMEDIES, type RequestSigner } from "./signer.ts";

/** One request to send. */
export interface Outgoing {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Sent {
  readonly response: Response;
  /** Where it came from, after redirects. */
  readonly url: URL;
  readonly signed: Readonly<Record<string, string>>;
}

const MOST_REDIRECTS = 5;
/** How often one request is repeated because the server is busy. */
const MOST_REPEATS = 3;
const FIRST_REPEAT_MS = 500;
/** A server that wants to be left alone for longer, in milliseconds, gets its refusal reported instead. */
const LONGEST_REPEAT_MS = 30_000;

/**
 * Sends HTTP requests: signed, repeated while the server is busy, redirected within its origin only.
 * What the signer throws is thrown unchanged.
 */
export class HttpSender {
  readonly #fetch: Fetch;
  readonly #signer: RequestSigner | undefined;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ fetch, signer, headers = {} }: HttpClientOptions) {
    // Looked up when it is used, so that a runtime's `fetch` may be replaced.
    this.#fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#signer = signer;
    this.#headers = headers;
  }

  /**
   * The response to a request, whatever its status.
   * @throws {RequestLost} when there is none
   * @throws {HttpError} when the server redirects to where this client does not go
   */
  async send(request: Outgoing, signal: AbortSignal): Promise<Response> {
    for (let repeats = 0; ; repeats++) {
      const response = await this.#authorized(request, signal);
      const delay = repeats < MOST_REPEATS ? busyFor(response, repeats) : undefined;
      if (delay === undefined) return response;
      await discard(response);
      await pause(delay, signal);
    }
  }

  async #authorized(request: Outgoing, signal: AbortSignal): Promise<Response> {
    for (let remedies = 0; ; remedies++) {
      const { response, url, signed } = await this.#follow(request, signal);
      const { status, headers } = response;
      const refused = status === 401 || status === 403;
      if (!refused || this.#signer === undefined || remedies === MOST_REMEDIES) return response;
      const refusal = { method: request.method, url, status, headers, signed };
      if (!(await this.#signer.refused(refusal, signal))) return response;
      await discard(response);
    }
  }

  async #follow(request: Outgoing, signal: AbortSignal): Promise<Sent> {
    let { url } = request;
    for (let redirects = 0; ; redirects++) {
      const sent = await this.#once({ ...request, url }, signal);
      const next = redirection(request, sent);
      if (next === undefined) return sent;
      await discard(sent.response);
      if (redirects === MOST_REDIRECTS) throw astray(sent, "in circles");
      url = next;
    }
  }

  async #once({ method, url, headers, body }: Outgoing, signal: AbortSignal): Promise<Sent> {
    const signed = (await this.#signer?.sign({ method, url }, signal)) ?? {};
    signal.throwIfAborted();
    try {
      const response = await this.#fetch(url, {
        method,
        headers: this.#merged(headers, signed),
        redirect: "manual",
        signal,
        ...(body !== undefined && { body }),
      });
      return { response, url, signed };
    } catch (error) {
      signal.throwIfAborted();
      throw new RequestLost(`${spoken(url)} could not be reached: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  }

  /** The protocol's headers win over the caller's, and the signer's over both, however they are spelled. */
  #merged(...more: readonly Readonly<Record<string, string>>[]): Headers {
    const merged = new Headers(this.#headers);
    for (const each of more) {
      for (const [name, value] of Object.entries(each)) merged.set(name, value);
    }
    return merged;
  }
}

/** Where to go from a redirect; undefined when the response is none. Credentials never leave the origin. */
function redirection({ method }: Outgoing, sent: Sent): URL | undefined {
  const { response, url } = sent;
  const { status, type } = response;
  if (type === "opaqueredirect") throw astray(sent, "elsewhere");
  const keepsMethod = status === 307 || status === 308;
  if (!keepsMethod && status !== 301 && status !== 302 && status !== 303) return;
  const location = response.headers.get("location");
  const next = location === null ? null : URL.parse(location, url.href);
  if (next === null) throw astray(sent, "nowhere");
  if (next.origin !== url.origin || !(keepsMethod || method === "GET")) {
    throw astray(sent, `to ${spoken(next)}`);
  }
  return next;
}

function astray({ response, url }: Sent, where: string): HttpError {
  return new HttpError(
    response.status,
    `${spoken(url)} redirects ${where}, which is not followed; connect to where the server is.`,
  );
}

/** Milliseconds to wait before the server is asked again; undefined when it is not busy, or for too long. */
function busyFor(response: Response, repeats: number): number | undefined {
  if (response.status !== 429 && response.status !== 503) return;
  const asked = retryAfter(response.headers.get("retry-after"));
  if (asked === undefined) return jittered(FIRST_REPEAT_MS * 2 ** repeats);
  // Never sooner than asked, and not all at the same moment.
  return asked > LONGEST_REPEAT_MS ? undefined : asked + Math.random() * FIRST_REPEAT_MS;
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}

/** A URL as an error may show it: without what could be secret. */
export function spoken(url: URL): string {
  return url.origin + url.pathname;
}

/** Why `fetch` failed; its own message says nothing, its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error && cause.message ? cause.message : message;
  return String(reason).replace(/\.$/, "");
}
