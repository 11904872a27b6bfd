import { join } from "node:path";
import { accountFile, configFolder } from "@portico/auth/installed";
import type { AuthSettings } from "./settings.ts";

/** The account that exists where nobody named one. */
export const DEFAULT_ACCOUNT = "default";

const FOLDER = "gdrive";

/** Where the keys of the OAuth client are looked for. */
export function keysPath({ oauthPath }: AuthSettings): string {
  return oauthPath ?? join(configFolder(FOLDER), "gcp-oauth.keys.json");
}

/** The folder with a file for each account. */
export function accountsFolder(settings: AuthSettings): string {
  return settings.accountsFolder ?? join(configFolder(FOLDER), "accounts");
}

/** The file an account's token is kept in. */
export function tokenPath(settings: AuthSettings, account: string): string {
  if (account === DEFAULT_ACCOUNT && settings.credentialsPath !== undefined) {
    return settings.credentialsPath;
  }
  return join(accountsFolder(settings), accountFile(account));
}
