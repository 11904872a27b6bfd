import type { PoolConfig } from "pg";
import { GraphError } from "../graph/error.ts";

/** Where a store is, from its URL. */
export interface Settings {
  readonly connection: PoolConfig;
  /** The schema the tables are in. */
  readonly schema: string;
  /** `host:port/database`, for messages: no user, no password. */
  readonly place: string;
}

const DEFAULT_SCHEMA = "portico_memory";

/** What PostgreSQL takes without quotes, so that nobody has to wonder about case. */
const PLAIN_NAME = /^[a-z_][a-z0-9_]{0,49}$/;

/** `pg` takes these for `verify-full`, and warns that it will not for ever. */
const CHECKED_MODES = new Set(["prefer", "require", "verify-ca"]);

const ADVICE =
  "Give a URL such as postgres://user@host:5432/database?sslmode=verify-full; files it names must exist.";

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…&schema=…`. Every `sslmode` but `disable` and
 * `no-verify` checks the server's certificate and name, unless `uselibpqcompat=true` asks for libpq's weaker meaning.
 * @throws {GraphError} `invalid`, without the URL
 */
export async function settingsOf(text: string): Promise<Settings> {
  const { parse, toClientConfig } = await import("pg-connection-string");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol)) throw new GraphError("invalid", ADVICE);
  const schema = url.searchParams.get("schema") ?? DEFAULT_SCHEMA;
  if (!PLAIN_NAME.test(schema)) {
    throw new GraphError(
      "invalid",
      "The URL's schema must be lower-case letters, digits and underscores, at most 50.",
    );
  }
  url.searchParams.delete("schema");
  checkCertificates(url.searchParams);
  try {
    const config = toClientConfig(parse(url.href));
    const place = `${config.host || "localhost"}:${config.port || 5432}/${config.database ?? ""}`;
    return { connection: config as PoolConfig, schema, place };
  } catch {
    throw new GraphError("invalid", ADVICE);
  }
}

function checkCertificates(parameters: URLSearchParams): void {
  const mode = parameters.get("sslmode") ?? "";
  if (parameters.get("uselibpqcompat") === "true" || !CHECKED_MODES.has(mode)) return;
  parameters.set("sslmode", "verify-full");
}
