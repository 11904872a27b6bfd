import { type Context, ResourceNotFound } from "@portico/core";
import type { Deps } from "../deps.ts";
import { forClient, isMissing } from "./for-client.ts";
import type { Polled } from "./polled.ts";
import { type Variables, variablesOf } from "./templates.ts";

/** What of a context a subscription has. */
type WatchContext = Pick<Context<Deps>, "deps">;

/** A route of REST and what stands in it, besides `owner` and `repo`. */
export type Route = readonly [route: string, parameters: Variables];

/** What stands for a thing that is gone, which is a state like others. */
const GONE = "gone";

/**
 * Watches what `routeOf` names by its ETag: GitHub does not count questions whose answer is that nothing changed.
 * @throws {ResourceNotFound} for what does not exist, or is outside of what may be touched
 * @throws {RpcError} when GitHub cannot be asked
 */
export async function watchRoute(
  polled: Polled,
  template: string,
  uri: string,
  changed: () => void,
  { deps }: WatchContext,
  routeOf: (variables: Variables) => Route,
): Promise<() => void> {
  const { owner, repo, ...variables } = variablesOf(template, uri) ?? {};
  if (owner === undefined || repo === undefined || !deps.allowed.admits(owner, repo)) {
    throw new ResourceNotFound(uri);
  }
  const [route, parameters] = routeOf(variables);
  let isKnown = false;
  const look = async (signal: AbortSignal): Promise<string> => {
    try {
      const { request } = await deps.api.as(owner, signal);
      const { headers, data } = await request(route, { owner, repo, ...parameters });
      return headers.etag ?? JSON.stringify(data);
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (!isKnown) throw new ResourceNotFound(uri);
      return GONE;
    } finally {
      isKnown = true;
    }
  };
  return polled.watch(look, changed).catch((error: unknown) => {
    throw forClient(error);
  });
}
