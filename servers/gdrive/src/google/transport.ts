import { GoogleError } from "./error.ts";
import { noId } from "./no-id.ts";
import { type ApiRules, judgedSendFor, requestFor } from "./send.ts";

/** A request as one of Google's clients has put it together. */
export interface ClientRequest {
  /** At Google's own address, whatever the operator's is. */
  readonly url: string;
  readonly method: string;
  readonly params?: object;
  readonly data?: object;
  readonly headers: Headers;
  readonly signal?: AbortSignal;
}

/** What Google's clients send through in place of their own transport, its retries and its errors. */
export interface Transport {
  request(
    request: ClientRequest,
  ): Promise<{ readonly data: unknown; readonly status: number; readonly headers: Headers }>;
}

/** Sends through our layers, to the same path below `rules.base`. */
export function transportFor(rules: ApiRules): Transport {
  const send = judgedSendFor(rules);
  return {
    async request({ url, method, params, data, headers, signal }) {
      if (!signal) throw new TypeError("A request to Google needs a signal.");
      const target = new URL(pathOf(url), rules.base);
      const ask = { method, query: params, body: data, headers, signal };
      const response = await send(requestFor(target, ask));
      const { status, headers: answered } = response;
      return { data: await json(response, rules.base), status, headers: answered };
    },
  };
}

/** The path with what callers named in it, each as one segment: an empty one or dots would make it another path. */
function pathOf(url: string): string {
  const path = url.slice(url.indexOf("/", "https://".length) + 1);
  const odd = path.split("/").find((segment) => /^\.{0,2}$/.test(segment));
  if (odd !== undefined) throw noId(odd);
  return path;
}

/** The answer as JSON; an empty one, as of a deletion, is an empty object. */
async function json(response: Response, { host }: URL): Promise<unknown> {
  const text = await response.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new GoogleError(`${host} answered with something that is no JSON; try again later.`);
  }
}
