import { type Layer, missingCredential, RemoteError, waitAskedFor } from "@portico/remote-api";

/** The header that carries the key. */
export const KEY_HEADER = "x-subscription-token";

/** How long a key that was refused is left alone, in milliseconds. */
const REFUSED_MS = 10 * 60_000;

/** How long one whose limit is used up is, where the service does not say. */
const SPENT_MS = 60_000;

/**
 * Signs each request with the next of several keys. One that is refused, or has used up its plan, is left alone for a
 * while; its request goes out again with another.
 */
export function rotateKeys(keys: readonly string[]): Layer {
  const restsUntil = new Map<string, number>();
  let turn = 0;
  return (next) => async (request) => {
    if (keys.length === 0)
      throw missingCredential("BRAVE_API_KEY", "https://brave.com/search/api/");
    const first = turn++;
    const order = keys.map((_, index) => keys[(first + index) % keys.length]!);
    const awake = order.filter((key) => (restsUntil.get(key) ?? 0) <= Date.now());
    if (awake.length === 0 && keys.length > 1) throw allResting(Math.min(...restsUntil.values()));
    let answer: Response | undefined;
    for (const key of keys.length === 1 ? keys : awake) {
      await answer?.body?.cancel();
      const headers = new Headers(request.headers);
      headers.set(KEY_HEADER, key);
      answer = await next({ ...request, headers });
      const rest = await restAfter(answer);
      if (rest === undefined) return answer;
      restsUntil.set(key, Date.now() + rest);
    }
    return answer!;
  };
}

async function restAfter(answer: Response): Promise<number | undefined> {
  const { status, headers } = answer;
  if (status === 401 || status === 403) return REFUSED_MS;
  // Brave says so of a key it does not know, and of a wrong parameter by the same status.
  const isUnknown =
    status === 422 && (await answer.clone().text()).includes("SUBSCRIPTION_TOKEN_INVALID");
  if (isUnknown) return REFUSED_MS;
  return status === 429 ? (waitAskedFor(headers, Date.now()) ?? SPENT_MS) : undefined;
}

function allResting(until: number): RemoteError {
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1_000));
  const message = `Every key has used up its plan or was refused; try again in ${seconds} s.`;
  return new RemoteError("rate-limited", message, seconds);
}
