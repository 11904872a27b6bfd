import type { Asking } from "../kernel/ask.ts";
import type { Call } from "../kernel/call.ts";
import type { ChangeFeed } from "../kernel/changes.ts";
import { ResourceNotFound } from "../kernel/unknown.ts";
import type { ServerCapabilities } from "../protocol/index.ts";
import { leastOf } from "./cache-hints.ts";
import { joinedHandlers } from "./join-handlers.ts";
import type { Mounted } from "./mount.ts";
import type { Source, Unwatch } from "./source.ts";

/**
 * A server's own offer and its mounted sources as one source.
 * @param names of what the server itself always has
 * @throws {TypeError} when two sources have the same name, or one would hide something of the server's own
 */
export function join(own: Source, mounts: readonly Mounted[], names: readonly string[]): Source {
  checkNames(mounts, names);
  const rest = (name: string) => !mounts.some((one) => one.owns(name));
  const parts: readonly Mounted[] = [{ ...own, name: "", owns: rest }, ...mounts];
  return {
    capabilities: joinedCapabilities(parts),
    handlers: joinedHandlers(parts),
    changes: joinedFeeds(parts),
    cache: leastOf(parts),
    watch: (uri, changed, call, asking) => watchFirst(parts, uri, changed, call, asking),
    async close() {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}

function checkNames(mounts: readonly Mounted[], names: readonly string[]): void {
  const mounted = mounts.map(({ name }) => name);
  const twice = mounted.find((name, at) => mounted.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new TypeError(`Two sources are called "${twice}"; mount one under another name.`);
  }
  for (const { name, owns } of mounts) {
    const hidden = names.find(owns);
    if (hidden === undefined) continue;
    throw new TypeError(
      `"${hidden}" looks like something of the source "${name}"; give one of them another name.`,
    );
  }
}

/** What is passed on of a source's capabilities: its methods of its own and its extensions are not. */
const PASSED_ON = ["tools", "resources", "prompts", "completions", "logging"] as const;

function joinedCapabilities(parts: readonly Source[]): ServerCapabilities {
  const all = parts.map(({ capabilities }) => capabilities);
  const passedOn = PASSED_ON.flatMap((key) => {
    const declared = all.flatMap((one) => one[key] ?? []);
    return declared.length === 0 ? [] : [[key, Object.assign({}, ...declared)] as const];
  });
  return { ...all[0], ...Object.fromEntries(passedOn) };
}

function joinedFeeds(parts: readonly Source[]): ChangeFeed {
  return {
    listen(listener) {
      const stops = parts.map(({ changes }) => changes.listen(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** The first that can watch it does. That one does not have it is only of interest when none can. */
async function watchFirst(
  parts: readonly Source[],
  uri: string,
  changed: () => void,
  call: Call,
  asking: Asking,
): Promise<Unwatch | undefined> {
  let missing: ResourceNotFound | undefined;
  for (const part of parts) {
    try {
      const stop = await part.watch(uri, changed, call, asking);
      if (stop) return stop;
    } catch (error) {
      if (!(error instanceof ResourceNotFound)) throw error;
      missing = error;
    }
  }
  if (missing) throw missing;
  return undefined;
}
