// Not fs.promises: loading it takes longer than these few calls, and every start makes them.
import { existsSync, readdirSync } from "node:fs";
import { accountOf } from "@portico/auth/installed";
import { accountsFolder, DEFAULT_ACCOUNT, tokenPath } from "./places.ts";
import type { AuthSettings } from "./settings.ts";

/** Names of all accounts, the default one first. */
export async function listAccounts(settings: AuthSettings): Promise<readonly string[]> {
  const files = filesIn(accountsFolder(settings));
  const saved = files.flatMap((file) => accountOf(file) ?? []).sort();
  const isGiven = isReady(settings) || isGoogles(settings);
  const hasDefault = isGiven || existsSync(tokenPath(settings, DEFAULT_ACCOUNT));
  return hasDefault
    ? [...new Set([DEFAULT_ACCOUNT, ...saved])]
    : saved.filter((name) => name !== DEFAULT_ACCOUNT);
}

/** Whether tokens came with the settings. */
export function isReady({ accessToken, refreshToken }: AuthSettings): boolean {
  return accessToken !== undefined || refreshToken !== undefined;
}

/** Whether Google's own library is to come by tokens. */
export function isGoogles({ googleCredentials, applicationDefault }: AuthSettings): boolean {
  return googleCredentials !== undefined || applicationDefault;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
