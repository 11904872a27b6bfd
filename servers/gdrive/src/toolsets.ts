import type { Context, ToolSource, ToolValue } from "@portico/core";
import { type Need, satisfies } from "./auth/scopes.ts";
import type { Deps } from "./deps.ts";
import { accountNames } from "./reach.ts";
import { comments, fileChanges, revisions, sharing } from "./tools/changing/index.ts";
import { docs } from "./tools/docs/index.ts";
import { reading } from "./tools/reading/index.ts";
import type { GoogleTool } from "./tools/shared/google-tool.ts";
import { sheets } from "./tools/sheets/index.ts";
import { slides } from "./tools/slides/index.ts";
import type { ToolsetName } from "./toolset-names.ts";

const TOOLSETS: Readonly<Record<ToolsetName, readonly GoogleTool[]>> = {
  files: [...reading, ...fileChanges],
  sharing,
  comments,
  revisions,
  docs,
  sheets,
  slides,
};

/** What the tools of some toolsets need of Google, or those of them that only read. */
export function needsOf(names: readonly ToolsetName[], isReadOnly: boolean): ReadonlySet<Need> {
  const tools = names.flatMap((name) => TOOLSETS[name]);
  return new Set(tools.flatMap(({ need, reads }) => (reads || !isReadOnly ? [need] : [])));
}

/** The tools of some toolsets as each caller may use them: on the caller's accounts, and what Google allowed these. */
export function toolsOf(names: readonly ToolsetName[]): ToolSource<Deps> {
  const tools: readonly GoogleTool[] = names.flatMap((name) => TOOLSETS[name]);
  const made = new Map<string, readonly ToolValue<Deps>[]>();
  return {
    async list(ctx: Context<Deps>) {
      const accounts = await accountNames(ctx);
      const granted = await grantedTo(ctx.deps, accounts);
      const allowed = tools.filter(
        ({ need, isOffered }) =>
          isOffered(ctx.deps) && granted.some((scopes) => !scopes || satisfies(scopes, need)),
      );
      const key = JSON.stringify([accounts, allowed.map(({ name }) => name)]);
      const known = made.get(key) ?? allowed.map((one) => one.for(accounts));
      // Callers come and go; what they are offered differs little.
      if (made.size < 100) made.set(key, known);
      return known;
    },
  };
}

/** What each account may do; one unknown where there is no account, so that everything is shown. */
async function grantedTo(
  { accounts }: Deps,
  names: readonly string[],
): Promise<readonly (ReadonlySet<string> | undefined)[]> {
  if (names.length === 0) return [undefined];
  return Promise.all(names.map(async (name) => (await accounts.get(name)).grantedScopes()));
}
