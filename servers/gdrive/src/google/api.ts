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
import { GoogleError } from "./error.ts";
import { explain } from "./explain.ts";
import { asksToWait, authorise, awaitTurn, keepSilent, limitsAs429 } from "./layers.ts";

/** What a request says besides its path. */
export interface Ask {
  /** Parameters by Google's names, of the types `Params$…` of `@googleapis/*`. What is undefined is left out. */
  readonly query?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** A request with a body. */
export interface Write extends Ask {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** An object becomes JSON; text and bytes go as they are, with the `content-type` in `headers`. */
  readonly body?: object | string | Uint8Array<ArrayBuffer> | undefined;
}

/** One of Google's APIs in the name of one account: paced, retried, bounded. Paths come from `at`. */
export interface GoogleApi {
  /**
   * The answer to a GET, as it came.
   * @throws {GoogleError} when Google refuses
   * @throws {RemoteError} when no usable answer comes
   */
  get<T>(path: string, ask: Ask): Promise<T>;
  /**
   * The answer to a request that changes something. It is sent again only where Google said it was over its limit and
   * did nothing; where the answer is lost nobody knows, and it throws.
   * @throws {GoogleError} when Google refuses
   * @throws {RemoteError} when no usable answer comes
   */
  write<T>(path: string, ask: Write): Promise<T>;
  /**
   * The body of a GET as it arrives, such as a file's contents.
   * @throws {GoogleError} when Google refuses
   * @throws {RemoteError} when no usable answer comes
   */
  open(path: string, ask: Ask): Promise<Response>;
  /**
   * Any request, whatever its answer's status: for uploads, whose protocol lives in statuses and headers.
   * @param target a path, or an address Google gave, which must be one of the same host
   * @throws {GoogleError} for an address elsewhere
   * @throws {RemoteError} when no usable answer comes
   */
  exchange(target: string, ask: Write): Promise<Response>;
}

/** What differs between parts of Google's APIs. */
export interface ApiRules {
  readonly base: URL;
  readonly account: Account;
  /** Shared by the parts that count against one limit. */
  readonly pace: Layer;
  /** Most bytes of an answer. */
  readonly answerBytes: number;
  /** Most milliseconds of one request with its answer. */
  readonly patienceMs: number;
}

/** How long a request waits for its turn once Google refused it for coming too fast. */
const TURN_MS = 60_000;

/** Lets ten requests of one account be under way at once, and none while Google asks it to pause. */
export function paceOfAccount(): Layer {
  const paced = pace({ concurrency: 10, credential: () => "", isRefused: asksToWait });
  const silent = keepSilent();
  return (next) => paced(silent(next));
}

/** Connects nothing: the first request does. */
export function createApi(rules: ApiRules): GoogleApi {
  const { base } = rules;
  const send = sendFor(rules);
  const judged = async (request: Outgoing) => {
    const response = await send(request);
    if (!response.ok) throw await explain(response, base.host);
    return response;
  };
  return {
    get: async (path, ask) => json(await judged(requestFor(targetOf(base, path), ask)), base),
    write: async (path, ask) => json(await judged(requestFor(targetOf(base, path), ask)), base),
    open: (path, ask) => judged(requestFor(targetOf(base, path), ask)),
    exchange: async (target, ask) => send(requestFor(targetOf(base, target), ask)),
  };
}

function sendFor({ account, pace, answerBytes, patienceMs }: ApiRules): Send {
  return layered(sendByFetch, [
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

/** A 503 may come after the work was done: what changes something is sent again after a 429 alone. */
function mayRepeat({ status }: Response, { method }: Outgoing): boolean {
  return status >= 500 && method === "GET";
}

function targetOf(base: URL, target: string): URL {
  const url = new URL(target, base);
  if (url.origin === base.origin) return url;
  throw new GoogleError(`${base.host} named an address of another host; nothing was sent there.`);
}

function requestFor(url: URL, ask: Ask & Partial<Write>): Outgoing {
  const { query = {}, method = "GET", body, signal } = ask;
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      url.searchParams.append(name, String(one));
    }
  }
  const headers = new Headers({ accept: "application/json", ...ask.headers });
  if (body === undefined) return { url, method, headers, signal };
  if (typeof body === "string" || body instanceof Uint8Array) {
    return { url, method, headers, signal, body: body as string | Uint8Array<ArrayBuffer> };
  }
  headers.set("content-type", "application/json");
  return { url, method, headers, signal, body: JSON.stringify(body) };
}

/** The answer as JSON; an empty one, as of a deletion, is an empty object. */
async function json<T>(response: Response, { host }: URL): Promise<T> {
  const text = await response.text();
  try {
    return (text === "" ? {} : JSON.parse(text)) as T;
  } catch {
    throw new GoogleError(`${host} answered with something that is no JSON; try again later.`);
  }
}
