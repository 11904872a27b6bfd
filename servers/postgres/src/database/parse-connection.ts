import { parseKeywords } from "./connection-keywords.ts";
import { completeParameters } from "./connection-parameters.ts";
import {
  type ConnectionSettings,
  ConnectionSettingsError,
  type Host,
  SSL_MODES,
  type SslSettings,
} from "./connection-settings.ts";
import { type Parameters, parseUrl } from "./connection-url.ts";

const DEFAULT_PORT = 5432;
const DEFAULT_CONNECT_SECONDS = 10;
const TARGETS = ["any", "read-write", "read-only", "primary", "standby"] as const;

/** Environment variables, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a `postgres://` or `postgresql://` URL or a libpq keyword string. What it leaves out comes from libpq's
 * variables (`PGHOST`, `PGPASSWORD`, …) in `env`; with no string at all, everything does.
 * @throws {ConnectionSettingsError} in one sentence that repeats no value
 */
export function parseConnection(text: string | undefined, env: Environment): ConnectionSettings {
  const parameters = completeParameters(readText(text), env);
  for (const [name, value] of parameters) checkText(name, value);
  const user = parameters.get("user") ?? env.USER ?? env.LOGNAME ?? env.USERNAME;
  if (!user)
    throw invalid("The connection string names no user; write postgres://user@host/database.");
  const password = parameters.get("password");
  return {
    hosts: hostsOf(parameters),
    database: parameters.get("dbname") ?? user,
    user,
    password: () => password,
    ssl: sslOf(parameters),
    applicationName: parameters.get("application_name") ?? "portico-postgres",
    options: parameters.get("options"),
    connectTimeoutMs: connectTimeoutOf(parameters),
    targetSession: oneOf(parameters, "target_session_attrs", TARGETS) ?? "any",
    pooling: parameters.get("pgbouncer") === "true" ? "transaction" : "session",
  };
}

function readText(text: string | undefined): Parameters {
  if (text === undefined || text.trim() === "") return new Map();
  const trimmed = text.trim();
  return /^postgres(ql)?:\/\//.test(trimmed) ? parseUrl(trimmed) : parseKeywords(trimmed);
}

function hostsOf(parameters: Parameters): readonly Host[] {
  const hosts = (parameters.get("host") ?? "").split(",");
  const ports = (parameters.get("port") ?? "").split(",");
  if (ports.length > 1 && ports.length !== hosts.length) {
    throw invalid("The connection string needs one port for all hosts, or one for each.");
  }
  return hosts.map((host, index) => ({
    host: host || "localhost",
    port: portOf((ports.length === 1 ? ports[0] : ports[index]) ?? ""),
  }));
}

function portOf(text: string): number {
  if (text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw invalid(
    "The port in the connection string is no number from 1 to 65535; if that is part of a password, write / as %2F and : as %3A there.",
  );
}

function sslOf(parameters: Parameters): SslSettings {
  const given = parameters.get("sslmode");
  // What pg calls TLS without a check.
  if (given === "no-verify") parameters.set("sslmode", "require");
  const keyPassword = parameters.get("sslpassword");
  const rootCertificate = parameters.get("sslrootcert");
  const isSystem = rootCertificate === "system";
  const mode = oneOf(parameters, "sslmode", SSL_MODES) ?? (isSystem ? "verify-full" : "prefer");
  if (isSystem && mode !== "verify-full") {
    throw invalid("sslrootcert=system needs sslmode=verify-full: anybody can have a certificate.");
  }
  const negotiation = oneOf(parameters, "sslnegotiation", ["postgres", "direct"] as const);
  if (negotiation === "direct" && ["disable", "allow", "prefer"].includes(mode)) {
    throw invalid("sslnegotiation=direct needs sslmode=require or stricter.");
  }
  return {
    mode,
    rootCertificate: given === "no-verify" ? undefined : rootCertificate,
    certificate: parameters.get("sslcert"),
    key: parameters.get("sslkey"),
    keyPassword: () => keyPassword,
    negotiation: negotiation ?? "postgres",
    channelBinding:
      oneOf(parameters, "channel_binding", ["disable", "prefer", "require"] as const) ?? "prefer",
  };
}

function connectTimeoutOf(parameters: Parameters): number {
  const seconds = Number(parameters.get("connect_timeout") ?? DEFAULT_CONNECT_SECONDS);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 3_600) return seconds * 1_000;
  throw invalid("connect_timeout is a number of seconds from 0 to 3600.");
}

function oneOf<T extends string>(
  parameters: Parameters,
  name: string,
  words: readonly T[],
): T | undefined {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  const word = words.find((one) => one === value);
  if (word !== undefined) return word;
  throw invalid(`${name} in the connection string is none of ${words.join(", ")}.`);
}

/** The start-up message ends each value with a NUL, so one inside would begin another setting. */
function checkText(name: string, value: string): void {
  if (value.includes("\0"))
    throw invalid(`${name} in the connection string holds a NUL character.`);
}

function invalid(message: string): ConnectionSettingsError {
  return new ConnectionSettingsError(message);
}
