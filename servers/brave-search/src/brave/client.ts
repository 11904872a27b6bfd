import {
  cache,
  followRedirects,
  type JsonObject,
  layered,
  limitSize,
  limitTime,
  type Outgoing,
  pace,
  retry,
  seenIn,
  sendByFetch,
} from "@portico/remote-api";
import { BraveError, explain } from "./error.ts";
import { KEY_HEADER, rotateKeys } from "./keys.ts";

/** The parts of Brave's API. */
export const ENDPOINTS = {
  web: "res/v1/web/search",
  images: "res/v1/images/search",
  videos: "res/v1/videos/search",
  news: "res/v1/news/search",
  places: "res/v1/local/place_search",
  pois: "res/v1/local/pois",
  descriptions: "res/v1/local/descriptions",
  summary: "res/v1/summarizer/search",
  context: "res/v1/llm/context",
} as const;

/** One of them. */
export type Endpoint = keyof typeof ENDPOINTS;

/** A parameter of a request; a list becomes one parameter for each of its values. */
export type Parameter = string | number | boolean | readonly string[] | undefined;

/** What a request says besides its endpoint. */
export interface Ask {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Brave's API on the operator's keys: paced, retried, cached for a while. */
export interface Brave {
  /**
   * The answer, with every text as a person would see it.
   * @throws {BraveError} when Brave refuses
   * @throws {RemoteError} when no usable answer comes
   */
  get(endpoint: Endpoint, ask: Ask): Promise<JsonObject>;
}

const ANSWER_BYTES = 8_000_000;
const PATIENCE_MS = 30_000;
/** As long as a conversation asks the same again. */
const FRESH_MS = 5 * 60_000;
/** Of the smallest plan; the first answer says what this one's is. */
const FIRST_PER_SECOND = 1;

/** Connects nothing: the first request does. */
export function createBrave(keys: readonly string[], base: URL): Brave {
  const send = layered(sendByFetch, [
    rotateKeys(keys),
    cache({ freshMs: FRESH_MS, vary: VARY }),
    retry({ retries: 2 }),
    pace({
      perSecond: FIRST_PER_SECOND,
      credential: ({ headers }) => headers.get(KEY_HEADER) ?? "",
    }),
    limitSize(ANSWER_BYTES),
    followRedirects({ secretHeaders: [KEY_HEADER] }),
    limitTime(PATIENCE_MS),
  ]);
  return {
    async get(endpoint, ask) {
      const response = await send(requestFor(new URL(ENDPOINTS[endpoint], base), ask));
      const body = parse(await response.text());
      if (!response.ok) throw await explain(response, body, keys);
      if (body) return seenIn(body);
      throw new BraveError(
        `${base.host} answered with something that is no JSON; try again later.`,
      );
    },
  };
}

/** The headers an answer depends on. */
const VARY = [
  KEY_HEADER,
  "accept",
  "api-version",
  "user-agent",
  ...["lat", "long", "city", "state", "state-name", "country", "postal-code"].map(
    (name) => `x-loc-${name}`,
  ),
];

function requestFor(url: URL, { parameters, headers, signal }: Ask): Outgoing {
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const one of typeof value === "object" ? value : [value]) {
      url.searchParams.append(name, String(one));
    }
  }
  const all = new Headers({ accept: "application/json", ...headers });
  return { url, method: "GET", headers: all, signal };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
