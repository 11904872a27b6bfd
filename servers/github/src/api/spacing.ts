import { Octokit } from "@octokit/core";
import type { OctokitPlugin } from "@octokit/core/types";
import { type ThrottlingOptions, throttling } from "@octokit/plugin-throttling";
import { onlyReads } from "./only-reads.ts";
import { Turns } from "./turns.ts";

/** How far apart requests of a kind are sent. Of a kind left out: as GitHub asks (`@octokit/plugin-throttling`). */
export type Spacing = Pick<ThrottlingOptions, "write" | "search" | "notifications">;

/**
 * Has @octokit/plugin-throttling space what changes something, and searches. All else goes around it: its queues take a
 * dozen timers of the event loop for each request.
 *
 * What it spaces waits here before, so that one write and one search of each identity are with it at a time: nothing
 * leaves its queues before its time, and whoever gave up there would keep all others waiting.
 */
export function spacing(): OctokitPlugin {
  const turns = new Turns();
  return (octokit, options) => {
    const { hook } = new Octokit();
    throttling(Object.assign(Object.create(octokit), { hook }), options);
    octokit.hook.wrap("request", (request, asked) => {
      const line = lineOf(asked);
      if (line === undefined) return request(asked);
      return turns.take(`${line} of ${options.throttle?.id}`, async () => {
        asked.request.signal?.throwIfAborted();
        return hook("request", request, asked);
      });
    });
  };
}

function lineOf(asked: { readonly method: string; readonly url: string }) {
  if (asked.url.startsWith("/search/")) return "searches";
  return onlyReads(asked) ? undefined : "writes";
}
