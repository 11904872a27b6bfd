import { GraphError } from "../graph/error.ts";

/** Conflicts that go away when the transaction is run again. */
const CONFLICTS = new Set(["40001", "40P01"]);

/** The server is not there, or went away: shutting down, starting up, out of connections, or the network failed. */
const LOST = new Set([
  ...["57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006", "25P03"],
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"],
  ...["EHOSTUNREACH", "ENETUNREACH", "ENOENT"],
]);

/** What `pg` says, without a code, of a connection that ended. */
const LOST_WORDS = /connection terminated|not queryable|timeout exceeded|connection ended/i;

/** What PostgreSQL refuses that the operator or the caller can do something about. */
const REFUSALS: Readonly<Record<string, readonly [GraphError["code"], string]>> = {
  "22021": ["invalid", "A text has a character that cannot be stored, as NUL (U+0000): remove it."],
  "25006": ["read-only", "The database takes no writes now: it is a standby or set read-only."],
  "42501": [
    "read-only",
    "The database user may not do this: grant it the schema and tables of the memory.",
  ],
  "28P01": ["invalid", "The database refused the user or password: correct the URL."],
  "28000": ["invalid", "The database refused the user: correct the URL or its pg_hba.conf."],
  "3D000": ["invalid", "The database does not exist: create it or correct the URL."],
  "53100": ["full", "The database's disk is full: nothing was stored. Free space and try again."],
  "53200": ["full", "The database is out of memory: nothing was stored. Try again later."],
  "54000": ["too-large", "The database cannot hold this: make it shorter."],
  "55P03": ["busy", "Another writer has held the graph too long: try again."],
  "57014": ["busy", "The database gave up on this: try again, or ask for less."],
  XX001: ["damaged", "The database is damaged: restore it from a backup."],
  XX002: ["damaged", "An index of the database is damaged: have it reindexed."],
};

/** Whether running the transaction again is likely to succeed. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error));
}

/** Whether the connection, not the statement, failed. */
export function isLost(error: unknown): boolean {
  if (error instanceof GraphError) return false;
  if (LOST.has(codeOf(error))) return true;
  return codeOf(error) === "" && error instanceof Error && LOST_WORDS.test(error.message);
}

/**
 * What callers are told of a failure: neither statement nor values nor the URL.
 * @param place where the database is, for messages
 */
export function told(error: unknown, place: string): Error {
  if (error instanceof GraphError) return error;
  if (isLost(error)) return unreachable(place);
  if (isConflict(error)) return new GraphError("busy", "Other writers came first: try again.");
  const code = codeOf(error);
  const [kind, message] = REFUSALS[code] ?? [];
  if (kind) return new GraphError(kind, message as string);
  if (code === "") return error instanceof Error ? error : new Error(String(error));
  return new Error(`PostgreSQL refused a statement with SQLSTATE ${code}.`);
}

/** That the server cannot be reached. */
export function unreachable(place: string): GraphError {
  return new GraphError(
    "busy",
    `The database at ${place} cannot be reached: check that it runs, and try again.`,
  );
}

/** That a COMMIT was sent and never answered, and the server cannot say what became of it. */
export function inDoubt(place: string): GraphError {
  return new GraphError(
    "busy",
    `The connection to ${place} was lost while the write was being stored: it may or may not be there. Read before you repeat it.`,
  );
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" ? code : "";
}
