import type { Context } from "@portico/core";
import type { Account } from "./auth/account.ts";
import type { Deps } from "./deps.ts";
import { GoogleError } from "./google/error.ts";
import type { Google } from "./google/google.ts";

/** What of a call's context is needed to reach Google on its behalf. */
export type Caller = Pick<Context<Deps>, "deps" | "principal" | "signal">;

/** Google's APIs as one caller may use them. */
export interface Reach extends Google {
  readonly account: Account;
  /** Whose folder of the jails is meant; empty where nobody authenticated. */
  readonly owner: string;
  readonly signal: AbortSignal;
}

/**
 * The accounts this caller may name: all, or where callers authenticate and do not share, the one named as they are.
 */
export async function accountNames({
  deps,
  principal,
}: Omit<Caller, "signal">): Promise<readonly string[]> {
  const names = await deps.accounts.names();
  if (!principal || deps.sharesAccounts) return names;
  return names.filter((name) => name === principal.id);
}

/**
 * Google's APIs in the name of an account; of the default one when there is no name.
 * @throws {GoogleError} when this caller may not use it
 * @throws {RemoteError} `no-credentials` when there is none
 */
export async function reach(caller: Caller, name?: string): Promise<Reach> {
  const { deps, principal, signal } = caller;
  const account = await deps.accounts.get(await chosen(caller, name));
  const google = deps.google(account);
  return { ...google, account, owner: principal?.id ?? "", signal };
}

/** The account that is meant where the caller names none; undefined where one must be named. */
export async function defaultAccount(caller: Omit<Caller, "signal">): Promise<string | undefined> {
  try {
    const name = await chosen(caller, undefined);
    return (await caller.deps.accounts.get(name)).name;
  } catch {
    return undefined;
  }
}

async function chosen(
  caller: Omit<Caller, "signal">,
  name: string | undefined,
): Promise<string | undefined> {
  const { deps, principal } = caller;
  if (!principal || deps.sharesAccounts) return name;
  const own = await accountNames(caller);
  if (own.length > 0 && (name === undefined || own.includes(name))) return principal.id;
  throw new GoogleError(
    `No account of Google belongs to you here; ask the operator for one named "${principal.id}", or for --share-accounts.`,
  );
}
