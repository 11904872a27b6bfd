import { homePath, isToken, parseTokenKey } from "@portico/auth/installed";
import { ConfigError, type Values } from "@portico/runner";
import type { AUTH_OPTIONS } from "./auth/options.ts";
import type { AppSettings, AuthSettings } from "./auth/settings.ts";

type Given = Values<typeof AUTH_OPTIONS>;

/**
 * What the operator said of credentials.
 * @throws {ConfigError} when a file cannot be read, or something in it does not fit
 */
export async function readAuth(options: Given): Promise<AuthSettings> {
  return {
    token: await readToken(options),
    app: readApp(options),
    clientId: options["oauth-client-id"],
    clientSecret: options["oauth-client-secret"],
    oauthScopes: options["oauth-scopes"],
    callbackPort: options["oauth-callback-port"],
    account: options.account,
    accountsFolder: homePath(options["accounts-dir"]),
    tokenKey: await readKey(options),
    owners: await readOwners(options.accounts),
  };
}

async function readToken(options: Given): Promise<string | undefined> {
  const { "personal-access-token": token, "token-file": file } = options;
  const setting = file === undefined ? "personal-access-token" : "token-file";
  const text = (file === undefined ? token : await readText(file, setting))?.trim();
  if (text === undefined || isToken(text)) return text;
  throw new ConfigError(`--${setting} must give one token and nothing else.`, at(setting));
}

function readApp(options: Given): AppSettings | undefined {
  const { "app-id": id, "app-private-key-path": path, "app-private-key": pem } = options;
  const installation = options["app-installation-id"];
  if (id === undefined) return undefined;
  if (path === undefined && pem === undefined) {
    throw new ConfigError(
      "The GitHub App has no private key; give the path of the file GitHub let you download.",
      at("app-private-key-path"),
    );
  }
  if (installation !== undefined && !/^[1-9]\d{0,15}$/.test(installation)) {
    const correction = { setting: "app-installation-id", insteadOf: installation, value: "ID" };
    throw new ConfigError("The installation of a GitHub App is a number.", correction);
  }
  return {
    id,
    installationId: installation === undefined ? undefined : Number(installation),
    key: path === undefined ? { pem: pem! } : { path: homePath(path) },
  };
}

async function readKey(options: Given): Promise<Uint8Array | undefined> {
  const { "token-key": given, "token-key-file": file } = options;
  if (given === undefined && file === undefined) return undefined;
  const text = file === undefined ? given! : await readText(file, "token-key-file");
  try {
    return parseTokenKey(text);
  } catch (error) {
    throw new ConfigError(
      (error as Error).message,
      at(file === undefined ? "token-key" : "token-key-file"),
    );
  }
}

async function readOwners(path: string | undefined): Promise<AuthSettings["owners"]> {
  if (path === undefined) return new Map();
  const { AccountsError, parseAccounts } = await import("./auth/accounts-file.ts");
  try {
    return parseAccounts(await readText(path, "accounts"));
  } catch (error) {
    if (!(error instanceof AccountsError)) throw error;
    throw new ConfigError(error.message, { file: path, line: error.line });
  }
}

async function readText(path: string, setting: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(homePath(path), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`The file of --${setting} cannot be read (${error.code}).`, at(setting));
  });
}

function at(setting: string) {
  const [, kind = "path"] = /-(token|key)$/.exec(setting) ?? [];
  return { setting, value: kind.toUpperCase() };
}
