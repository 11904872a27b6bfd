import type { Config } from "@portico/runner";
import { openCredentials } from "./auth/open-credentials.ts";
import type { Settings } from "./create-deps.ts";
import { type OPTIONS, readAllowList, readHost, readSelection } from "./options.ts";
import { readAuth } from "./read-auth.ts";

/**
 * How the operator wants the server. Nobody is signed in and GitHub is not asked yet.
 * @param warn is told of what the operator should know
 * @throws {ConfigError} when a setting does not fit
 */
export async function readSettings(
  options: Config<typeof OPTIONS>["options"],
  warn: (sentence: string) => void,
): Promise<Settings> {
  const addresses = readHost(options);
  return {
    addresses,
    credentials: openCredentials(await readAuth(options), { addresses, warn }),
    allowed: readAllowList(options),
    selection: await readSelection(options),
    isLocked: options["lockdown-mode"],
    isUnattended: options.yes,
  };
}
