import { type Layer, type Outgoing, withBody } from "@portico/remote-api";
import type { Account } from "../auth/account.ts";
import { reasonOf } from "./explain.ts";

/** Reasons of a 403 that mean "not so fast". */
const TOO_FAST = new Set(["rateLimitExceeded", "userRateLimitExceeded"]);

/** Seconds to wait where Google names none. */
const PAUSE_SECONDS = "1";

/** Drive says 403 where it means 429, and often not how long to wait. */
export const limitsAs429: Layer = (next) => async (request) => {
  const response = await next(request);
  if (response.status !== 403 && response.status !== 429) return response;
  const body = new Uint8Array(await response.arrayBuffer());
  if (response.status === 403 && !TOO_FAST.has(reasonOf(new TextDecoder().decode(body)))) {
    return withBody(response, body);
  }
  const headers = new Headers(response.headers);
  if (!headers.has("retry-after")) headers.set("retry-after", PAUSE_SECONDS);
  return new Response(body, { status: 429, headers });
};

/** Puts the account's token on each request, and another one once if Google refuses it. Nothing above sees a token. */
export function authorise(account: Account): Layer {
  return (next) => async (request) => {
    const token = await account.accessToken(request.signal);
    const response = await next(bearing(request, token));
    if (response.status !== 401) return response;
    account.refused(token);
    const other = await account.accessToken(request.signal);
    if (other === token) return response;
    await response.body?.cancel();
    return next(bearing(request, other));
  };
}

function bearing(request: Outgoing, token: string): Outgoing {
  const headers = new Headers(request.headers);
  headers.set("authorization", `Bearer ${token}`);
  return { ...request, headers };
}
