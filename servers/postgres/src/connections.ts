import { ConfigError } from "@portico/runner";
import {
  type ConnectionSettings,
  ConnectionSettingsError,
} from "./database/connection-settings.ts";
import { type Environment, parseConnection } from "./database/parse-connection.ts";
import { parseTunnel } from "./database/parse-tunnel.ts";
import type { TunnelSettings } from "./database/tunnel-settings.ts";
import type { Options } from "./options.ts";

/** A database the operator named. */
export interface NamedConnection {
  readonly name: string;
  readonly connection: ConnectionSettings;
}

/** Variables of libpq that say where a database is. */
const PLACES = ["PGHOST", "PGDATABASE", "PGUSER"];

const NAMED = /^([A-Za-z][\w-]{0,62})=(.+)$/s;

/**
 * The databases of the command line, the one without a name first; without any, that of libpq's variables, if they
 * name one.
 * @param url the connection string that has no name
 * @param named further ones, as `name=url`
 * @throws {ConfigError} when one cannot be understood, or two have one name
 */
export function readConnections(
  url: string | undefined,
  named: readonly string[],
  env: Environment,
): NamedConnection[] {
  const hasPlace = url !== undefined || (named.length === 0 && PLACES.some((name) => env[name]));
  const unnamed = hasPlace ? [read(url, env, "url")] : [];
  const all = [
    ...unnamed.map((connection) => ({ name: connection.database, connection })),
    ...named.map((text) => readNamed(text, env)),
  ];
  const twice = all.find(({ name }, index) => all.findIndex((one) => one.name === name) < index);
  if (twice === undefined) return all;
  throw new ConfigError(`Two databases are called "${twice.name}"; give each a name of its own.`, {
    setting: "database",
    value: "NAME=URL",
  });
}

/**
 * The machine to reach the databases through, where the operator named one.
 * @throws {ConfigError} when it cannot be understood
 */
export function readTunnel(
  options: Pick<Options, "ssh-tunnel" | "ssh-key" | "ssh-key-password">,
  env: Environment,
): TunnelSettings | undefined {
  const { "ssh-tunnel": url, "ssh-key": keyFile, "ssh-key-password": keyPassword } = options;
  if (url === undefined) return undefined;
  return understood("ssh-tunnel", "ssh://user@host", () =>
    parseTunnel(url, { keyFile, keyPassword }, env),
  );
}

function readNamed(text: string, env: Environment): NamedConnection {
  const [, name, url] = NAMED.exec(text) ?? [];
  if (name !== undefined) return { name, connection: read(url, env, "database") };
  const message =
    "--database takes a name and a URL, as shop=postgres://user@host/shop; the name has letters, digits, _ and -.";
  throw new ConfigError(message, { setting: "database", insteadOf: text, value: "NAME=URL" });
}

function read(url: string | undefined, env: Environment, setting: string): ConnectionSettings {
  return understood(setting, "postgres://user@host/database", () => parseConnection(url, env));
}

function understood<T>(setting: string, value: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConnectionSettingsError)) throw error;
    throw new ConfigError(error.message, { setting, value });
  }
}
