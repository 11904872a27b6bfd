import type { ConnectionSettings, Host } from "./connection-settings.ts";
import { DatabaseError } from "./database.ts";
import { fromServer } from "./failure.ts";
import { isServerError } from "./wire.ts";

/** SQLSTATEs of a server that is full: for everybody, or for this role or database. */
const FULL = new Set(["53300", "53400"]);

/** What PostgreSQL answers when `pg_hba.conf` has no line for this host, user, database and encryption. */
const NOT_LET_IN = "28000";

/** Node's codes for a certificate whose issuer is not trusted. */
const UNTRUSTED = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

/** Whether the server has no TLS. */
export function isTlsRefused(error: unknown): boolean {
  return error instanceof Error && error.message === "The server does not support SSL connections";
}

/** Whether the other of TLS and plain text may get further, where the mode allows both. */
export function isWorthAnotherTls(error: unknown, wasTls: boolean): boolean {
  if (isServerError(error)) return error.code === NOT_LET_IN;
  return wasTls && (isTlsRefused(error) || isTlsError(error));
}

/** Why a host did not let us in, in a sentence that says what to do and holds no secret. */
export function connectFailure(
  error: unknown,
  host: Host,
  settings: ConnectionSettings,
): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (isServerError(error)) return refusal(error, settings);
  const at = placeOf(host);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const because = networkSentence(code, at) ?? tlsSentence(error, code, at) ?? loginSentence(error);
  const message = because ?? `The connection to PostgreSQL at ${at} failed${code && ` (${code})`}.`;
  return new DatabaseError("unreachable", message);
}

function refusal(error: Parameters<typeof fromServer>[0], settings: ConnectionSettings) {
  const { user, database } = settings;
  if (FULL.has(error.code)) {
    const message = "The database server has no connection left; try again in a moment.";
    return new DatabaseError("too-many-connections", message);
  }
  if (error.code === "28P01") {
    const message = `The password for user "${user}" is wrong, or the user does not exist; check user and password.`;
    return new DatabaseError(error.code, message);
  }
  if (error.code === "3D000") {
    return new DatabaseError(
      error.code,
      `There is no database "${database}" on the server; check its name.`,
    );
  }
  return fromServer(error);
}

function networkSentence(code: string, at: string): string | undefined {
  switch (code) {
    case "ECONNREFUSED":
      return `Nothing accepts connections at ${at}; check host and port, and that PostgreSQL is running.`;
    case "ENOENT":
      return `There is no socket at ${at}; check the folder, and that PostgreSQL is running.`;
    case "EACCES":
      return `This user may not use the socket at ${at}.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The host of ${at} has no address in DNS; check its name.`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
      return `The host of ${at} cannot be reached from here; check the network and the firewall.`;
    case "ECONNRESET":
      return `The connection to ${at} was closed before PostgreSQL let us in; check that it is PostgreSQL.`;
    default:
      return undefined;
  }
}

function tlsSentence(error: unknown, code: string, at: string): string | undefined {
  if (isTlsRefused(error)) {
    return `PostgreSQL at ${at} has no TLS; turn it on there, or set sslmode=disable where the network is trusted.`;
  }
  if (UNTRUSTED.has(code)) {
    return `The certificate of ${at} is not signed by anybody trusted; name its root certificate with sslrootcert, or set sslmode=require to check none.`;
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `The certificate of ${at} is for another host; connect by the name in it, or set sslmode=verify-ca.`;
  }
  if (code === "CERT_HAS_EXPIRED") return `The certificate of ${at} has expired.`;
  if (isTlsError(error))
    return `TLS with ${at} failed (${code}); check sslcert, sslkey and sslmode.`;
  return undefined;
}

function loginSentence(error: unknown): string | undefined {
  const said = error instanceof Error ? error.message : "";
  if (said === "timeout expired") {
    return "PostgreSQL did not answer in time; check host and port, or raise connect_timeout.";
  }
  if (said.includes("channel binding")) {
    return "The server offers no channel binding, which channel_binding=require asks for.";
  }
  if (said.includes("terminated")) {
    return "The server closed the connection before it let us in; check that it is PostgreSQL.";
  }
  return undefined;
}

function isTlsError(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const code = String(error.code);
  return (
    code.startsWith("ERR_SSL_") ||
    code.startsWith("ERR_TLS_") ||
    code.startsWith("ERR_OSSL_") ||
    UNTRUSTED.has(code)
  );
}

/** Where a host is, as a person would write it. */
export function placeOf({ host, port }: Host): string {
  if (host.startsWith("/")) return `${host}/.s.PGSQL.${port}`;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
