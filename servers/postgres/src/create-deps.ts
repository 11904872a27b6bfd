import { ConfigError } from "@portico/runner";
import { CatalogueChecks } from "./catalogue-checks.ts";
import { type NamedConnection, readTunnel } from "./connections.ts";
import type { Databases } from "./database/database.ts";
import type { Deps } from "./deps.ts";
import { Exports } from "./exports/exports.ts";
import type { AccessMode } from "./guard/access-mode.ts";
import { allowFunctions } from "./guard/functions/allowed.ts";
import { lazyDatabases } from "./lazy-databases.ts";
import { Masking } from "./masking/masking.ts";
import { parseMaskRule } from "./masking/rules.ts";
import { OPTIONS, type Options } from "./options.ts";
import { Leases } from "./transactions/leases.ts";

/** Connections that stay free for plain calls, however much is kept open. */
const KEPT_FREE = 2;

const MODES: Readonly<Record<Options["access-mode"], AccessMode>> = {
  "read-only": "read-only",
  "read-write": "read-write",
  admin: "admin",
  // As Postgres MCP Pro calls them.
  restricted: "read-only",
  unrestricted: "admin",
};

/**
 * What the server works with, as the operator set it. Nothing is connected yet.
 * @throws {ConfigError} when settings do not go together
 */
export function createDeps(
  connections: readonly NamedConnection[],
  options: Options & { readonly transport: string },
): Deps {
  refuseUnknowable(options);
  refuseUnlimited(options);
  const accessMode = MODES[options["access-mode"]];
  return {
    databases: connect(connections, accessMode !== "read-only", options),
    accessMode,
    identity: { roleClaim: options["role-claim"], claimsSetting: options["claims-setting"] },
    masking: setting("mask", "public.users.email=email", () => {
      return new Masking(options.mask.map(parseMaskRule));
    }),
    checks: setting("allow-function", "public.my_function", () => {
      return new CatalogueChecks(allowFunctions(options["allow-function"]));
    }),
    executeUnasked: options.yes,
    exports: new Exports(),
    ...leases(options["max-connections"]),
  };
}

/**
 * Nobody shows a token on stdio, so every call would be refused; and an administrator's statement may take any role
 * the server's user has, that of another caller among them.
 */
function refuseUnknowable(options: Options & { readonly transport: string }): void {
  const given = (["role-claim", "claims-setting"] as const).find((name) => options[name]);
  if (given === undefined) return;
  if (options.transport !== "http") {
    const message = `--${given} needs callers who show tokens: --transport http and --auth-tokens.`;
    throw new ConfigError(message, { setting: "transport", value: "http" });
  }
  if (MODES[options["access-mode"]] === "admin") {
    const message = `--${given} cannot keep callers apart who are administrators.`;
    throw new ConfigError(message, { setting: "access-mode", value: "read-write" });
  }
}

/** The most seconds that PostgreSQL and Node can both wait. */
const LONGEST = 2_147_000;

/** Nothing here is unlimited, and a statement's time is not what 0 is for PostgreSQL. */
function refuseUnlimited(options: Options): void {
  for (const name of ["statement-timeout", "idle-timeout", "max-connections"] as const) {
    if (options[name] >= 1 && options[name] <= LONGEST) continue;
    const message = `--${name} is a whole number from 1 to ${LONGEST}.`;
    throw new ConfigError(message, { setting: name, value: String(OPTIONS[name].default) });
  }
}

/**
 * Reads a setting whose rules the domain knows.
 * @param value one that is right, to learn from
 * @throws {ConfigError} with what `read` says is wrong
 */
function setting<T>(name: keyof Options, value: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigError((error as Error).message, { setting: name, value });
  }
}

function connect(
  connections: readonly NamedConnection[],
  writable: boolean,
  options: Options,
): Databases {
  if (connections.length === 0) return lazyDatabases([]);
  const tunnel = readTunnel(options, process.env);
  return lazyDatabases(
    connections.map(({ name, connection }) => ({
      name,
      connection,
      writable,
      statementTimeoutMs: options["statement-timeout"] * 1_000,
      idleTransactionMs: options["idle-timeout"] * 1_000,
      maxConnections: options["max-connections"],
      tunnel,
    })),
  );
}

/** Each transaction and paged query holds a connection, and all together leave some for everybody else. */
function leases(maxConnections: number): Pick<Deps, "transactions" | "cursors"> {
  const most = Math.max(1, Math.floor((maxConnections - KEPT_FREE) / 2));
  const mostEach = Math.max(1, Math.ceil(most / 2));
  return {
    transactions: new Leases({ what: "transaction", most, mostEach }),
    cursors: new Leases({ what: "cursor", most, mostEach }),
  };
}
