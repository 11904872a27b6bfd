import { OAuthError } from "../oauth-error.ts";
import { deadline, OUTBOUND_LIMITS, type Outbound, type Reply } from "./send.ts";

/**
 * Sends by the caller's `fetch`. Which address a name stands for is then the caller's business: only addresses
 * written in the URL itself were checked.
 */
export async function sendByFetch(
  fetch: typeof globalThis.fetch,
  request: Outbound,
  signal?: AbortSignal,
): Promise<Reply> {
  const { method, url, headers, body } = request;
  const response = await fetch(url.href, {
    method,
    headers,
    body: body ?? null,
    redirect: "manual",
    signal: deadline(signal),
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw unreachable(url, cause);
  });
  return { status: response.status, headers: response.headers, body: await read(response, url) };
}

async function read(response: Response, url: URL): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > OUTBOUND_LIMITS.bytes) throw tooLong(url);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Says that nothing answered at `url`, and why as far as that is no secret. */
export function unreachable(url: URL, cause: unknown): OAuthError {
  if (cause instanceof OAuthError) return cause;
  const code = (cause as { code?: unknown } | null)?.code ?? (cause as Error | null)?.name;
  return new OAuthError(
    `Nothing usable came from ${url.origin} (${String(code ?? "no answer")}); check that it can be reached.`,
  );
}

/** Says that an answer exceeds {@link OUTBOUND_LIMITS}. */
export function tooLong(url: URL): OAuthError {
  return new OAuthError(
    `The answer of ${url.origin} is longer than ${OUTBOUND_LIMITS.bytes} bytes; it cannot be OAuth metadata or a token.`,
  );
}
