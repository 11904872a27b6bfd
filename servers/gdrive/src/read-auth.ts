import { parseTokenKey } from "@portico/auth/installed";
import { ConfigError, type Values } from "@portico/runner";
import type { AUTH_OPTIONS } from "./auth/options.ts";
import type { AuthSettings } from "./auth/settings.ts";

/**
 * What the operator said of accounts.
 * @throws {ConfigError} when the key for token files is unfit
 */
export async function readAuth(options: Values<typeof AUTH_OPTIONS>): Promise<AuthSettings> {
  return {
    oauthPath: options["oauth-path"],
    credentialsPath: options["credentials-path"],
    accountsFolder: options["accounts-dir"],
    account: options.account,
    tokenKey: await readKey(options),
    googleCredentials: options["google-credentials"],
    subject: options.subject,
    applicationDefault: options["application-default"],
    accessToken: options["access-token"],
    refreshToken: options["refresh-token"],
    clientId: options["client-id"],
    clientSecret: options["client-secret"],
    scopes: options.scopes,
    authPort: options["auth-port"],
  };
}

async function readKey(options: Values<typeof AUTH_OPTIONS>): Promise<Uint8Array | undefined> {
  const { "token-key": given, "token-key-file": file } = options;
  if (given === undefined && file === undefined) return undefined;
  try {
    return parseTokenKey(file === undefined ? given! : await readText(file));
  } catch (error) {
    const setting = file === undefined ? "token-key" : "token-key-file";
    throw new ConfigError((error as Error).message, { setting, value: file ? "PATH" : "KEY" });
  }
}

async function readText(file: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The file of the key for tokens cannot be read (${error.code}); check --token-key-file.`,
    );
  });
}
