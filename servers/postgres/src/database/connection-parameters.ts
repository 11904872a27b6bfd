import { ConnectionSettingsError } from "./connection-settings.ts";
import type { Parameters } from "./connection-url.ts";

/** Parameters that are understood, and the variables that give those a connection string leaves out. */
const VARIABLES: Readonly<Record<string, string | undefined>> = {
  host: "PGHOST",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  options: "PGOPTIONS",
  application_name: "PGAPPNAME",
  connect_timeout: "PGCONNECT_TIMEOUT",
  target_session_attrs: "PGTARGETSESSIONATTRS",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  sslpassword: undefined,
  sslnegotiation: "PGSSLNEGOTIATION",
  channel_binding: "PGCHANNELBINDING",
  pgbouncer: undefined,
};

/** Other names for them: what JDBC, psycopg and pg call them. */
const ALIASES: Readonly<Record<string, string>> = {
  database: "dbname",
  fallback_application_name: "application_name",
};

/** Parameters that others need and that change nothing here. */
const WITHOUT_EFFECT = new Set([
  "client_encoding",
  "connection_limit",
  "gssencmode",
  "keepalives",
  "keepalives_count",
  "keepalives_idle",
  "keepalives_interval",
  "pool_timeout",
  "schema",
  "sslcompression",
  "sslsni",
  "tcp_user_timeout",
  "uselibpqcompat",
]);

/**
 * The parameters given, completed from the environment.
 * @throws {ConnectionSettingsError} when one is unknown
 */
export function completeParameters(
  given: Parameters,
  env: Readonly<Record<string, string | undefined>>,
): Parameters {
  const known: Parameters = new Map();
  for (const [name, value] of given) {
    if (name === "ssl")
      known.set("sslmode", value === "true" || value === "1" ? "require" : "disable");
    else if (WITHOUT_EFFECT.has(name)) continue;
    else known.set(checkName(ALIASES[name] ?? name), value);
  }
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const value = variable && env[variable];
    if (value && !known.has(name)) known.set(name, value);
  }
  return known;
}

function checkName(name: string): string {
  if (Object.hasOwn(VARIABLES, name)) return name;
  // What is no plain word may be a piece of a password with an unescaped ? or &.
  const which = /^[a-z_]{1,40}$/.test(name) ? `"${name}"` : "that is no plain word";
  const names = Object.keys(VARIABLES).join(", ");
  throw new ConnectionSettingsError(
    `The connection string has a parameter ${which}, which is not known; remove it, or use one of ${names}.`,
  );
}
