import { accountOf } from "@portico/auth/installed";
import { accountsFolder, DEFAULT_ACCOUNT, tokenPath } from "./places.ts";
import type { AuthSettings } from "./settings.ts";

/** Names of all accounts, the default one first. */
export async function listAccounts(settings: AuthSettings): Promise<readonly string[]> {
  const { readdir } = await import("node:fs/promises");
  const files = await readdir(accountsFolder(settings)).catch(() => []);
  const saved = files.flatMap((file) => accountOf(file) ?? []).sort();
  const isGiven = isReady(settings) || isGoogles(settings);
  const hasDefault = isGiven || (await isThere(tokenPath(settings, DEFAULT_ACCOUNT)));
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

async function isThere(path: string): Promise<boolean> {
  const { stat } = await import("node:fs/promises");
  return stat(path).then(
    () => true,
    () => false,
  );
}
