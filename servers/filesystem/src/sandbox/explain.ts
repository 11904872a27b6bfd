import { basename, dirname, join, resolve } from "node:path";
import { SandboxError, toSandboxError } from "./errors.ts";
import { type Held, outside } from "./held.ts";
import { quoted } from "./printable.ts";
import type { RootSet } from "./roots.ts";

const longestLinkChain = 40;

/**
 * Says why `target` cannot be held, without telling anything about what is outside: as soon as a
 * directory or a link on the way leads out, that is the whole answer. Otherwise a name below a link
 * to the outside would be "not found" or "outside" depending on what exists there.
 * @param hold holds a path or throws, with no explanation of its own
 */
export async function explain(
  target: string,
  reason: unknown,
  hold: (path: string) => Promise<Held>,
  roots: RootSet,
  chain = 0,
): Promise<SandboxError> {
  const nearest = await nearestHeld(target, hold);
  if (nearest === undefined) return outside(roots);
  if (nearest instanceof SandboxError) return nearest;
  using held = nearest.held;
  const [name = "", ...rest] = nearest.names;
  const text = await linkText(held, name);
  if (text === undefined) return toSandboxError(reason, quoted(target));
  const next = resolve(held.real, text);
  if (!roots.containing(next)) return outside(roots);
  if (chain >= longestLinkChain) return toSandboxError(reason, quoted(target));
  return explain(join(next, ...rest), reason, hold, roots, chain + 1);
}

/** The closest directory above `target` that exists, with the names from there to `target`. */
async function nearestHeld(
  target: string,
  hold: (path: string) => Promise<Held>,
): Promise<{ held: Held; names: string[] } | SandboxError | undefined> {
  const names: string[] = [];
  for (let at = target; at !== dirname(at); ) {
    names.unshift(basename(at));
    at = dirname(at);
    try {
      return { held: await hold(at), names };
    } catch (error) {
      if (error instanceof SandboxError) return error;
    }
  }
  return undefined;
}

async function linkText(directory: Held, name: string): Promise<string | undefined> {
  try {
    return await directory.disk.readlink(directory.at(name));
  } catch {
    return undefined;
  }
}
