import type { Context, ToolSource, ToolValue } from "@portico/core";
import { satisfies } from "../auth/scopes.ts";
import type { Deps } from "../deps.ts";
import { accountNames } from "../reach.ts";
import type { GoogleTool } from "./shared/google-tool.ts";

/** Callers come and go; what they are offered differs little. */
const MOST_KEPT = 100;

/** Tools as each caller may use them: on the caller's accounts, and as far as Google allowed these. */
export function offered(tools: readonly GoogleTool[]): ToolSource<Deps> {
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
      if (made.size < MOST_KEPT) made.set(key, known);
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
