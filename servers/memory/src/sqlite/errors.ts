import { GraphError, type GraphErrorCode } from "../graph/error.ts";

/** What SQLite's refusals mean, by the beginning of their codes; the first that fits. */
const MEANINGS: readonly (readonly [prefix: string, code: GraphErrorCode, sentence: string])[] = [
  ["SQLITE_BUSY", "busy", "Other programs kept the memory database locked; try again."],
  ["SQLITE_LOCKED", "busy", "Other programs kept the memory database locked; try again."],
  [
    "SQLITE_FULL",
    "full",
    "There is no room left for the memory database; free some and try again.",
  ],
  [
    "SQLITE_IOERR_WRITE",
    "full",
    "The disk refused to take more of the memory database; free some room and try again.",
  ],
  ["SQLITE_READONLY", "read-only", "The memory database can only be read; make its file writable."],
  ["SQLITE_PERM", "read-only", "The memory database can only be read; make its file writable."],
  ["SQLITE_TOOBIG", "too-large", "The text is too large for the memory database; split it."],
];

/** True where trying again later may help. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  // A WAL that another process is just recovering or removing cannot be opened for a moment.
  return code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED");
}

/** True where the file's contents are not those of a whole database. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code.startsWith("SQLITE_CORRUPT") ||
    code === "SQLITE_NOTADB" ||
    code === "SQLITE_IOERR_SHORT_READ"
  );
}

/** The refusal an error of SQLite means to a caller; anything else as it is. */
export function refusal(error: unknown): unknown {
  if (isDamage(error)) return damaged();
  const code = codeOf(error);
  const meaning = MEANINGS.find(([prefix]) => code.startsWith(prefix));
  if (meaning !== undefined) return new GraphError(meaning[1], meaning[2]);
  if (code.startsWith("SQLITE_IOERR") || code.startsWith("SQLITE_CANTOPEN")) {
    const sentence = `The memory database cannot be read or written (${code}); check its disk and folder.`;
    return new GraphError("busy", sentence);
  }
  return error;
}

/** What to say of a database that is not whole. */
export function damaged(): GraphError {
  return new GraphError(
    "damaged",
    "The memory database is damaged and was left as it is: keep a copy of the file and of its -wal file, then save what is readable into a new one with --salvage.",
  );
}

/** SQLite's name for what went wrong; empty for errors that are not its own. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" && error.code.startsWith("SQLITE_") ? error.code : "";
}
