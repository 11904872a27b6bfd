import { type Layer, type Outgoing, waitAskedFor, withBody } from "@portico/remote-api";
import type { Account } from "../auth/account.ts";
import { reasonOf } from "./explain.ts";

/** Reasons of a 403 that mean "not so fast". */
const TOO_FAST = new Set(["rateLimitExceeded", "userRateLimitExceeded"]);

/** Seconds to wait where Google names none: the first time, and at most. */
const PAUSES = { first: 1, most: 16 };

/**
 * Drive says 403 where it means 429, and often not how long to wait: then a second, and twice as long for as long as
 * nothing is served.
 */
export function limitsAs429(): Layer {
  let pause = PAUSES.first;
  let next = PAUSES.first;
  let roundEnds = 0;
  const pauseNow = () => {
    const now = performance.now();
    if (now < roundEnds) return pause;
    pause = next;
    next = Math.min(next * 2, PAUSES.most);
    roundEnds = now + pause * 1_000;
    return pause;
  };
  return (send) => async (request) => {
    const response = await send(request);
    if (response.ok) next = PAUSES.first;
    if (response.status !== 403 && response.status !== 429) return response;
    const body = new Uint8Array(await response.arrayBuffer());
    if (response.status === 403 && !TOO_FAST.has(reasonOf(new TextDecoder().decode(body)))) {
      return withBody(response, body);
    }
    const headers = new Headers(response.headers);
    if (!headers.has("retry-after")) headers.set("retry-after", String(pauseNow()));
    return new Response(body, { status: 429, headers });
  };
}

/** Longest pause that is waited for, in milliseconds; who would have to wait longer is told at once. */
const LONGEST_PAUSE_MS = 30_000;

/** Whether this answer asks for a pause that is waited for. */
export function asksToWait(response: Response): boolean {
  return response.status === 429 && pauseOf(response) <= LONGEST_PAUSE_MS;
}

function pauseOf({ headers }: Response): number {
  return waitAskedFor(headers, Date.now()) ?? 0;
}

/** Refuses in Google's place what comes while a pause lasts that nobody waits for. */
export function keepSilent(): Layer {
  let ends = 0;
  return (next) => async (request) => {
    const left = ends - Date.now();
    if (left > LONGEST_PAUSE_MS) {
      const headers = { "retry-after": String(Math.ceil(left / 1_000)) };
      return new Response(null, { status: 429, headers });
    }
    const response = await next(request);
    if (response.status === 429 && !asksToWait(response)) ends = Date.now() + pauseOf(response);
    return response;
  };
}

/**
 * Sends again what came too fast and was not served, for as long as `mostMs`. The pace below it lets nothing of the
 * account go before the time that was asked for, and then goes by who came first.
 */
export function awaitTurn(mostMs: number): Layer {
  return (next) => async (request) => {
    const until = performance.now() + mostMs;
    for (;;) {
      const response = await next(request);
      const ends = performance.now() + pauseOf(response);
      if (!asksToWait(response) || ends > until) return response;
      await response.body?.cancel();
    }
  };
}

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
