import type { Load } from "./load.ts";
import { noId } from "./no-id.ts";
import type { ApiRules } from "./send.ts";
import { transportFor } from "./transport.ts";

/**
 * Calls methods of one of Google's clients, as `drive((api) => api.files.get(params, { signal }))`, and gives what
 * Google answered. The client's code is loaded by the first call. A request that changes something is sent again only
 * where Google said it was over its limit and did nothing; where the answer is lost nobody knows, and it throws.
 * @throws {GoogleError} when Google refuses, or a value would lead to another path
 * @throws {RemoteError} when no usable answer comes
 */
export type Client<Api> = <T>(call: (api: Api) => Promise<{ readonly data: T }>) => Promise<T>;

/** Loads and connects nothing: the first call does. */
export function clientFor<Api>(load: Load<Api>, rules: ApiRules): Client<Api> {
  let loading: Promise<Api> | undefined;
  return async (call) => {
    loading ??= load(transportFor(rules));
    const api = await loading;
    try {
      return (await call(api)).data;
    } catch (error) {
      throw refusedValue(error) ?? error;
    }
  };
}

/** What the clients themselves say of dots, which a URL would resolve. */
function refusedValue(error: unknown): Error | undefined {
  const said = error instanceof Error ? error.message : "";
  const [, dots] = /^Invalid value (\.\.?) for /.exec(said) ?? [];
  return dots === undefined ? undefined : noId(dots);
}
