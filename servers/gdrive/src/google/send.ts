import {
  followRedirects,
  type Layer,
  layered,
  limitSize,
  limitTime,
  type Outgoing,
  pace,
  retry,
  type Send,
  sendByFetch,
} from "@portico/remote-api";
import type { Account } from "../auth/account.ts";
import { explain } from "./explain.ts";
import { asksToWait, authorise, awaitTurn, keepSilent, limitsAs429 } from "./layers.ts";

/** What differs between parts of Google's APIs. */
export interface ApiRules {
  /** What paths are below. */
  readonly base: URL;
  readonly account: Account;
  /** Answers from what the account was answered before, or forgets it; around everything else. */
  readonly kept: Layer;
  /** Shared by the parts that count against one limit. */
  readonly pace: Layer;
  /** Most bytes of an answer. */
  readonly answerBytes: number;
  /** Most milliseconds of one request with its answer. */
  readonly patienceMs: number;
}

/** What is asked of an address. */
export interface Ask {
  /** Parameters by Google's names; of a list each is sent, and what is undefined is left out. */
  readonly query?: object | undefined;
  readonly headers?: Headers | Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** A request with a body. */
export interface Write extends Ask {
  readonly method: string;
  /** An object becomes JSON; text and bytes go as they are, with the `content-type` in `headers`. */
  readonly body?: object | string | Uint8Array<ArrayBuffer> | undefined;
}

/** How long a request waits for its turn once Google refused it for coming too fast. */
const TURN_MS = 60_000;

/** Lets ten requests of one account be under way at once, and none while Google asks it to pause. */
export function paceOfAccount(): Layer {
  const paced = pace({ concurrency: 10, credential: () => "", isRefused: asksToWait });
  const silent = keepSilent();
  return (next) => paced(silent(next));
}

/** Sends in the name of an account: paced, retried, bounded. The answer may be a refusal. */
export function sendFor({ account, kept, pace, answerBytes, patienceMs }: ApiRules): Send {
  return layered(sendByFetch, [
    kept,
    awaitTurn(TURN_MS),
    retry({ isTransient: mayRepeat }),
    pace,
    authorise(account),
    limitsAs429(),
    limitSize(answerBytes),
    followRedirects(),
    limitTime(patienceMs),
  ]);
}

/** The same, but a refusal is thrown as a `GoogleError`. */
export function judgedSendFor(rules: ApiRules): Send {
  const send = sendFor(rules);
  return async (request) => {
    const response = await send(request);
    if (!response.ok) throw await explain(response, rules.base.host);
    return response;
  };
}

/** A 503 may come after the work was done: what changes something is sent again after a 429 alone. */
function mayRepeat({ status }: Response, { method }: Outgoing): boolean {
  return status >= 500 && method === "GET";
}

/** The request that an {@link Ask} means. */
export function requestFor(url: URL, ask: Ask & Partial<Write>): Outgoing {
  const { query = {}, method = "GET", body, signal } = ask;
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      url.searchParams.append(name, String(one));
    }
  }
  const headers = new Headers(ask.headers);
  if (!headers.has("accept")) headers.set("accept", "application/json");
  if (body === undefined) return { url, method, headers, signal };
  if (typeof body === "string" || body instanceof Uint8Array) {
    return { url, method, headers, signal, body: body as string | Uint8Array<ArrayBuffer> };
  }
  headers.set("content-type", "application/json");
  return { url, method, headers, signal, body: JSON.stringify(body) };
}
