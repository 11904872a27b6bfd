import type { Config } from "@portico/runner";
import { openAccounts } from "./auth/accounts.ts";
import { scopesFor } from "./auth/scopes.ts";
import type { Deps } from "./deps.ts";
import { openOnce } from "./open-google.ts";
import { type OPTIONS, readApiUrl, readFolders, readToolsets } from "./options.ts";
import { readAuth } from "./read-auth.ts";
import { needsOf, toolsIn } from "./toolsets.ts";

type Given = Config<typeof OPTIONS>["options"];

/**
 * What the tools and resources work with, as the operator set it. Nobody is signed in and Google is not asked yet.
 * @param warn is told of what the operator should know
 * @throws {ConfigError} when a setting does not fit
 */
export async function openDeps(options: Given, warn: (sentence: string) => void): Promise<Deps> {
  const scopes = await scopesOf(options);
  return {
    accounts: openAccounts(await readAuth(options), { scopes, warn }),
    google: openOnce(readApiUrl(options)),
    ...(await readFolders(options)),
    shareDomains: options["share-domains"].map((domain) => domain.toLowerCase()),
    sharesAccounts: options["share-accounts"],
  };
}

/**
 * The fewest scopes for what these settings turn on.
 * @throws {ConfigError} when there is no toolset of a name
 */
export async function scopesOf(options: Given): Promise<readonly string[]> {
  const tools = await toolsIn(readToolsets(options));
  return scopesFor(needsOf(tools, options["read-only"]));
}
