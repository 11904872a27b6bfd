import { GoogleError } from "./error.ts";
import { type ApiRules, type Ask, judgedSendFor, requestFor, sendFor, type Write } from "./send.ts";

/**
 * What Google's clients cannot do: contents of files, which are read as they arrive, and uploads that go on where they
 * were cut off. Paths come from `at`.
 */
export interface Contents {
  /**
   * The body of a GET as it arrives.
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

/** Connects nothing: the first request does. */
export function openContents(rules: ApiRules): Contents {
  const { base } = rules;
  const send = sendFor(rules);
  const judged = judgedSendFor(rules);
  return {
    open: async (path, ask) => judged(requestFor(targetOf(base, path), ask)),
    exchange: async (target, ask) => send(requestFor(targetOf(base, target), ask)),
  };
}

function targetOf(base: URL, target: string): URL {
  const url = new URL(target, base);
  if (url.origin === base.origin) return url;
  throw new GoogleError(`${base.host} named an address of another host; nothing was sent there.`);
}
