import { join } from "node:path";
import { accountFile, configFolder } from "@portico/auth/installed";
import type { AuthSettings } from "./settings.ts";

/** The file in which login keeps the token of an account. */
export function tokenPath({ accountsFolder }: AuthSettings, account: string): string {
  return join(accountsFolder ?? join(configFolder("github"), "accounts"), accountFile(account));
}
