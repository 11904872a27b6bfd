import { type Context, listRoots } from "@portico/core";
import { pathOf } from "./file-uri.ts";
import { RecentMap } from "./recent-map.ts";
import type { DirectorySpec, Owner, Sandbox } from "./sandbox/index.ts";

/** Most callers whose roots are remembered. */
const MOST_CALLERS = 1_000;

/** What of a call's context is needed to know a caller again and to learn the client's roots. */
type Caller = Pick<Context, "ask" | "can" | "client" | "connection" | "principal">;

/** Decides which files each caller may use. */
export interface Access {
  /** What the operator allowed. */
  readonly allowed: Sandbox;
  /** What the operator allowed, narrowed to the client's roots, which are asked for where it has any. */
  filesFor(caller: Caller): Promise<Sandbox>;
  /** The same for what must not interrupt the client: its roots count only where they are known already. */
  knownFilesFor(caller: Caller): Promise<Sandbox>;
  /**
   * The same for what a client subscribes to. 2026-07-28 has no way to ask a client for its roots then; it hears
   * of what the operator allowed.
   */
  watchableFor(caller: Caller): Promise<Sandbox>;
}

/** How the operator wants a client's roots treated. */
export interface AccessOptions {
  /** Lets the client's roots take the place of the operator's directories instead of only narrowing them. */
  readonly allowClientRoots: boolean;
}

/**
 * Opens `sandbox` to callers. A client's roots can only narrow it, unless the operator said otherwise or
 * named no directory at all. Roots that share nothing with it, that do not exist or that are no `file://`
 * URIs of this machine change nothing: a host offers the folder it happens to work in, and that must not
 * take away what the operator gave.
 *
 * Callers are told apart by who they are, or else by their connection: each has changes and roots of their own.
 */
export function createAccess(sandbox: Sandbox, { allowClientRoots }: AccessOptions): Access {
  const rootsDecide = allowClientRoots || sandbox.roots.length === 0;
  const chosen = new RecentMap<Owner, Sandbox>(MOST_CALLERS);
  const view = async (
    roots: readonly { readonly uri: string }[],
    owner: Owner,
  ): Promise<Sandbox> => {
    const own = sandbox.of(owner);
    const directories = directoriesOf(roots);
    const seen = rootsDecide ? await own.allowing(directories) : await own.narrowedTo(directories);
    if (seen.roots.length === 0) return own;
    if (rootsDecide && owner !== undefined) chosen.set(owner, seen);
    return seen;
  };
  const filesFor = async (caller: Caller): Promise<Sandbox> => {
    const question = listRoots();
    if (!caller.can(question)) return sandbox.of(ownerOf(caller));
    return view((await caller.ask("roots", question)).roots, ownerOf(caller));
  };
  const lastSeenBy = (caller: Caller): Sandbox => chosen.get(ownerOf(caller)) ?? sandbox;
  return {
    allowed: sandbox,
    filesFor,
    // Roots whose changes are announced are kept by the session; others would be asked for at every key
    // the user presses, and 2026-07-28 lets neither lists nor completions ask.
    knownFilesFor: async (caller) =>
      caller.client.capabilities.roots?.listChanged === true
        ? filesFor(caller)
        : lastSeenBy(caller),
    watchableFor: async (caller) =>
      caller.can(listRoots()) ? filesFor(caller) : lastSeenBy(caller),
  };
}

function ownerOf({ principal, connection }: Caller): Owner {
  return principal?.id ?? connection;
}

function directoriesOf(roots: readonly { readonly uri: string }[]): DirectorySpec[] {
  return roots.flatMap(({ uri }) => {
    const path = pathOf(uri);
    return path === undefined ? [] : [{ path }];
  });
}
