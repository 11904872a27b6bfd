import {
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
import { isGoogles, isReady } from "./list-accounts.ts";
import { DEFAULT_ACCOUNT, tokenPath } from "./places.ts";
import { givenAccount, savedAccount } from "./saved-account.ts";
import { parseScopes } from "./scopes.ts";
import type { AuthSettings } from "./settings.ts";

/** Opens one of the accounts that `listAccounts` names. Nothing is asked of Google yet. */
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
  const isGiven = name === DEFAULT_ACCOUNT && isReady(settings);
  const session = tokenSession({
    store: storeOf(name, settings),
    renewal: async () => ({ ...(await readClientKeys(settings)), send: sendBy(fetch) }),
    warn: options.warn,
  });
  return isGiven ? givenAccount(name, session) : savedAccount(name, session);
}

function storeOf(name: string, settings: AuthSettings): TokenStore {
  const { accessToken, refreshToken, tokenKey } = settings;
  if (name === DEFAULT_ACCOUNT && isReady(settings))
    return memoryTokens({ accessToken, refreshToken });
  return tokenFile(tokenPath(settings, name), tokenKey);
}
