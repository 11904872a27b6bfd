import { homedir } from "node:os";
import { join } from "node:path";
import type { AuthSettings } from "./settings.ts";

/** The account that exists where nobody named one. */
export const DEFAULT_ACCOUNT = "default";

const END = ".json";

/**
 * This server's folder of the user's configuration. The current folder is not looked into: it may be a stranger's
 * repository, whose keys and tokens would send the user's files to the stranger's Drive.
 */
function configFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_CONFIG_HOME, APPDATA } = environment;
  const base =
    (process.platform === "win32" && APPDATA) || XDG_CONFIG_HOME || join(homedir(), ".config");
  return join(base, "portico", "gdrive");
}

/** Where the keys of the OAuth client are looked for. */
export function keysPath({ oauthPath }: AuthSettings): string {
  return oauthPath ?? join(configFolder(process.env), "gcp-oauth.keys.json");
}

/** The folder with a file for each account. */
export function accountsFolder(settings: AuthSettings): string {
  return settings.accountsFolder ?? join(configFolder(process.env), "accounts");
}

/** The file an account's token is kept in. A name may have any characters: in the file's name they are escaped. */
export function tokenPath(settings: AuthSettings, account: string): string {
  if (account === DEFAULT_ACCOUNT && settings.credentialsPath !== undefined) {
    return settings.credentialsPath;
  }
  return join(accountsFolder(settings), `${encodeURIComponent(account)}${END}`);
}

/** The account that a file in the folder belongs to; undefined where it is none's. */
export function accountOf(fileName: string): string | undefined {
  if (!fileName.endsWith(END)) return undefined;
  try {
    return decodeURIComponent(fileName.slice(0, -END.length)) || undefined;
  } catch {
    return undefined;
  }
}
