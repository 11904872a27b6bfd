import { readdir, stat } from "node:fs/promises";
import {
  accountOf,
  memoryTokens,
  sendBy,
  type TokenStore,
  tokenFile,
  tokenSession,
} from "@portico/auth/installed";
import { boundedFetch } from "@portico/remote-api";
import type { Account } from "./account.ts";
import type { AccountsOptions } from "./accounts.ts";
import { readClientKeys } from "./client-keys.ts";
import { googleAccount } from "./google-account.ts";
import { accountsFolder, DEFAULT_ACCOUNT, tokenPath } from "./places.ts";
import { savedAccount } from "./saved-account.ts";
import { parseScopes } from "./scopes.ts";
import type { AuthSettings } from "./settings.ts";

/** Names of all accounts, the default one first. */
export async function listAccounts(settings: AuthSettings): Promise<readonly string[]> {
  const files = await readdir(accountsFolder(settings)).catch(() => []);
  const saved = files.flatMap((file) => accountOf(file) ?? []).sort();
  const isGiven = isReady(settings) || isGoogles(settings);
  const hasDefault = isGiven || (await isThere(tokenPath(settings, DEFAULT_ACCOUNT)));
  return hasDefault
    ? [...new Set([DEFAULT_ACCOUNT, ...saved])]
    : saved.filter((name) => name !== DEFAULT_ACCOUNT);
}

/** Opens one of the accounts that {@link listAccounts} names. Nothing is asked of Google yet. */
export function openAccount(
  name: string,
  settings: AuthSettings,
  options: AccountsOptions,
): Account {
  const fetch = options.fetch ?? boundedFetch();
  const scopes = settings.scopes.length > 0 ? parseScopes(settings.scopes) : options.scopes;
  if (name === DEFAULT_ACCOUNT && !isReady(settings) && isGoogles(settings)) {
    return googleAccount({ name, settings, scopes, fetch });
  }
  const session = tokenSession({
    store: storeOf(name, settings),
    renewal: async () => ({ ...(await readClientKeys(settings)), send: sendBy(fetch) }),
    warn: options.warn,
  });
  return savedAccount(name, session);
}

function storeOf(name: string, settings: AuthSettings): TokenStore {
  const { accessToken, refreshToken, tokenKey } = settings;
  if (name === DEFAULT_ACCOUNT && isReady(settings))
    return memoryTokens({ accessToken, refreshToken });
  return tokenFile(tokenPath(settings, name), tokenKey);
}

/** Whether tokens came with the settings. */
function isReady({ accessToken, refreshToken }: AuthSettings): boolean {
  return accessToken !== undefined || refreshToken !== undefined;
}

/** Whether Google's own library is to come by tokens. */
function isGoogles({ googleCredentials, applicationDefault }: AuthSettings): boolean {
  return googleCredentials !== undefined || applicationDefault;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
