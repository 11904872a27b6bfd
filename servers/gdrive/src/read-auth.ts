import { homePath, isToken, parseTokenKey } from "@portico/auth/installed";
import { ConfigError, type Values } from "@portico/runner";
import type { AUTH_OPTIONS } from "./auth/options.ts";
import type { AuthSettings } from "./auth/settings.ts";

type Given = Values<typeof AUTH_OPTIONS>;

/**
 * What the operator said of accounts.
 * @throws {ConfigError} when a token or the key for token files is unfit
 */
export async function readAuth(options: Given): Promise<AuthSettings> {
  return {
    oauthPath: homePath(options["oauth-path"]),
    credentialsPath: homePath(options["credentials-path"]),
    accountsFolder: homePath(options["accounts-dir"]),
    account: options.account,
    tokenKey: await readKey(options),
    googleCredentials: homePath(options["google-credentials"]),
    subject: options.subject,
    applicationDefault: options["application-default"],
    accessToken: readToken(options, "access-token"),
    refreshToken: readToken(options, "refresh-token"),
    clientId: options["client-id"],
    clientSecret: options["client-secret"],
    scopes: options.scopes,
    authPort: options["auth-port"],
  };
}

function readToken(options: Given, setting: "access-token" | "refresh-token"): string | undefined {
  const token = options[setting]?.trim();
  if (token === undefined || isToken(token)) return token;
  throw new ConfigError(`--${setting} is no token.`, { setting, value: "TOKEN" });
}

async function readKey(options: Given): Promise<Uint8Array | undefined> {
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
  return readFile(homePath(file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The file of the key for tokens cannot be read (${error.code}); check --token-key-file.`,
    );
  });
}
