import { retry } from "@octokit/plugin-retry";
import { Octokit } from "@octokit/rest";
import { unlessAborted } from "@portico/auth/installed";
import type { Fetch } from "@portico/remote-api";
import { explain } from "./explain.ts";
import { RETRY, repeating } from "./repeating.ts";
import { type Spacing, spacing } from "./spacing.ts";

/** What is the same for all calls. */
export interface ClientSettings {
  /** Of REST, without a slash at its end. */
  readonly baseUrl: string;
  readonly userAgent: string;
  readonly spacing?: Spacing | undefined;
}

/** How the requests of one call are made. */
export interface Way {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** Stands for whose requests are spaced together. */
  readonly identity: string;
  /** What signed them. */
  readonly secrets: ReadonlySet<string>;
}

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** Makes the Octokit of each call, which throws what {@link explain} makes of a failure. */
export function clients(settings: ClientSettings): (way: Way) => Octokit {
  // Each plugin is around those before it: what is sent again waits for its turn again.
  const Client = Octokit.plugin(spacing(), repeating, retry);
  return ({ fetch, signal, identity: id, secrets }) => {
    const { baseUrl, userAgent } = settings;
    const request = { fetch, signal };
    // The layers below wait for limits, each request at the place it came with. What still comes here is told to the caller.
    const limits = { onRateLimit: () => {}, onSecondaryRateLimit: () => {} };
    const throttle = { id, ...settings.spacing, ...limits };
    const octokit = new Client({ baseUrl, userAgent, request, log: QUIET, throttle, retry: RETRY });
    octokit.hook.error("request", async (error) => {
      throw await explain(error, secrets);
    });
    // The plugins wait to the end, also when nobody does any more.
    octokit.hook.wrap("request", (ask, asked) =>
      unlessAborted(Promise.resolve(ask(asked)), signal),
    );
    return octokit;
  };
}
