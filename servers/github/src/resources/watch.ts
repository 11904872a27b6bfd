import { type ChangeDetector, type Context, ResourceNotFound } from "@portico/core";
import type { Deps } from "../deps.ts";
import { mayCall } from "../tools/offer/offered.ts";
import type { GitHubTool } from "../tools/shared/github-tool.ts";
import { forClient, isMissing } from "./for-client.ts";
import { type Variables, variablesOf } from "./templates.ts";

/** A family of resources that can be watched. */
export interface Watchable {
  readonly template: string;
  /** The tool that says who may. */
  readonly as: GitHubTool;
  /** What is asked for: its ETag changes when the resource does. */
  routeOf(variables: Variables): Route;
}

/** What of a context a subscription has. */
type WatchContext = Omit<Context<Deps>, "call" | "hangUp" | "log" | "once" | "progress">;

/** A route of REST and what stands in it, besides `owner` and `repo`. */
export type Route = readonly [route: string, parameters: Variables];

/** What stands for a thing that is gone, which is a state like others. */
const GONE = "gone";

/**
 * Watches a resource by its ETag: GitHub does not count questions whose answer is that nothing changed.
 * @throws {ResourceNotFound} for what does not exist, or what this caller may not use
 * @throws {RpcError} when GitHub cannot be asked
 */
export async function watchRoute(
  detector: ChangeDetector,
  { template, as, routeOf }: Watchable,
  uri: string,
  changed: () => void,
  ctx: WatchContext,
): Promise<() => void> {
  const { deps } = ctx;
  const { owner, repo, ...variables } = variablesOf(template, uri) ?? {};
  const isInside = owner !== undefined && repo !== undefined && deps.allowed.admits(owner, repo);
  // Who may use a tool is decided by what is known here, too.
  if (!isInside || !mayCall(as, ctx as Context<Deps>)) throw new ResourceNotFound(uri);
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
  return detector.watch(look, changed).catch((error: unknown) => {
    throw forClient(error);
  });
}
