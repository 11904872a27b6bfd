import { DatabaseError } from "./database.ts";
import { isServerError, type ServerError } from "./wire.ts";

/** SQLSTATEs after which a session is gone, and what to tell. */
const ENDED: Readonly<Record<string, string>> = {
  "25P03":
    "The transaction was open too long without a statement, so the server ended it; begin again.",
  "25P04": "The transaction took longer than the server allows, so the server ended it.",
  "57P01":
    "The server ended the connection, for a restart or at its administrator's wish; try again.",
  "57P02": "The server crashed and ended the connection; try again in a moment.",
  "57P05": "The connection was idle too long, so the server ended it; try again.",
};

/** What went wrong with a statement, in words for the caller. */
export function statementFailure(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (!isServerError(error)) {
    const message = "The connection to the database was lost before it answered; try again.";
    return new DatabaseError("connection-lost", message);
  }
  const ended = ENDED[error.code];
  if (ended) return new DatabaseError("connection-lost", ended);
  return fromServer(error);
}

/** What the server said, as it said it. */
export function fromServer(error: ServerError): DatabaseError {
  const position = error.position === undefined ? undefined : Number(error.position);
  const { detail, hint } = error;
  return new DatabaseError(error.code, error.message, { position, detail, hint });
}

/** That the caller asked for the statement to stop. */
export function cancelled(): DatabaseError {
  return new DatabaseError("cancelled", "The statement was cancelled.");
}

/** That the statement's limit was over. */
export function tookTooLong(): DatabaseError {
  const message =
    "The statement took longer than allowed and was stopped; make it cheaper, or ask for fewer rows.";
  return new DatabaseError("timeout", message);
}
