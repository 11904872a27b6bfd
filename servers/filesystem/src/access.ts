import { type Context, listRoots, ToolError } from "@portico/core";
import { directoriesOf } from "./client-roots.ts";
import type { Deps } from "./deps.ts";
import type { Sandbox } from "./sandbox/index.ts";

/** How the operator lets this server be used. */
export interface AccessOptions {
  /** Delete without asking the user. */
  readonly deleteUnasked: boolean;
  /** Let the client's roots take the place of the operator's directories instead of only narrowing them. */
  readonly allowClientRoots: boolean;
}

/** Most sets of roots that are remembered; a client has one at a time. */
const MOST_VIEWS = 32;

const NO_DIRECTORY =
  "No directory is allowed yet: start the server with one (portico-filesystem DIR), or use a client that offers its roots, with --allow-client-roots.";

/**
 * Decides which files each caller may use. A client's roots can only narrow what the operator allowed,
 * unless the operator said otherwise; roots that have nothing in common with it change nothing.
 */
export function createAccess(sandbox: Sandbox, options: AccessOptions): Deps {
  const views = new Map<string, Promise<Sandbox>>();
  const viewFor = (roots: readonly { readonly uri: string }[]): Promise<Sandbox> => {
    const key = JSON.stringify(roots.map(({ uri }) => uri));
    const view = views.get(key) ?? open(sandbox, roots, options);
    views.delete(key);
    views.set(key, view);
    view.catch(() => views.delete(key));
    if (views.size > MOST_VIEWS) views.delete(views.keys().next().value as string);
    return view;
  };
  return {
    deleteUnasked: options.deleteUnasked,
    async filesFor(ctx: Context<Deps>) {
      const question = listRoots();
      const files = ctx.can(question)
        ? await viewFor((await ctx.ask("roots", question)).roots)
        : sandbox;
      if (files.roots.length === 0) throw new ToolError(NO_DIRECTORY);
      return files;
    },
  };
}

async function open(
  sandbox: Sandbox,
  roots: readonly { readonly uri: string }[],
  { allowClientRoots }: AccessOptions,
): Promise<Sandbox> {
  const directories = directoriesOf(roots);
  if (directories.length === 0) return sandbox;
  if (allowClientRoots || sandbox.roots.length === 0) return sandbox.allowing(directories);
  const narrowed = await sandbox.narrowedTo(directories);
  return narrowed.roots.length > 0 ? narrowed : sandbox;
}
