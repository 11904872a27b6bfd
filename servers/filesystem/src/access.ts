import { type Context, listRoots } from "@portico/core";
import { pathOf } from "./file-uri.ts";
import type { DirectorySpec, Sandbox } from "./sandbox/index.ts";

/** What of a call's context is needed to learn the client's roots. */
type Caller = Pick<Context, "ask" | "can" | "client">;

/** Decides which files each caller may use. */
export interface Access {
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
 */
export function createAccess(sandbox: Sandbox, { allowClientRoots }: AccessOptions): Access {
  const rootsDecide = allowClientRoots || sandbox.roots.length === 0;
  let newest = sandbox;
  const view = async (roots: readonly { readonly uri: string }[]): Promise<Sandbox> => {
    const directories = directoriesOf(roots);
    const seen = rootsDecide
      ? await sandbox.allowing(directories)
      : await sandbox.narrowedTo(directories);
    if (seen.roots.length === 0) return sandbox;
    // A client that may choose any directory gains nothing from seeing what another has chosen.
    if (rootsDecide) newest = seen;
    return seen;
  };
  const filesFor = async (caller: Caller): Promise<Sandbox> => {
    const question = listRoots();
    if (!caller.can(question)) return sandbox;
    return view((await caller.ask("roots", question)).roots);
  };
  return {
    filesFor,
    // Roots whose changes are announced are kept by the session; others would be asked for at every key
    // the user presses, and 2026-07-28 lets neither lists nor completions ask.
    knownFilesFor: async (caller) =>
      caller.client.capabilities.roots?.listChanged === true ? filesFor(caller) : newest,
    watchableFor: async (caller) => (caller.can(listRoots()) ? filesFor(caller) : newest),
  };
}

function directoriesOf(roots: readonly { readonly uri: string }[]): DirectorySpec[] {
  return roots.flatMap(({ uri }) => {
    const path = pathOf(uri);
    return path === undefined ? [] : [{ path }];
  });
}
