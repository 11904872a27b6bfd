import { ToolError, text } from "@portico/core";
import { DatabaseError } from "./database/database.ts";
import { HypotheticalError } from "./explain/hypothetical.ts";
import { ExportTooLarge } from "./exports/export-file.ts";
import { Refused } from "./guard/judge.ts";
import { pointAt } from "./statement/point.ts";
import { UNTRUSTED, UNTRUSTED_META } from "./tools/shared/answer.ts";
import { LeaseError } from "./transactions/leases.ts";

/**
 * Turns what the database or the guard refused into what a tool tells the model; everything else is passed on.
 * @param sql the statement a position in the error speaks of
 */
export function forModel(error: unknown, sql?: string): unknown {
  if (error instanceof DatabaseError) {
    // PostgreSQL quotes values, and functions say what they like.
    return new ToolError(explain(error, sql), { notes: [text(UNTRUSTED)], meta: UNTRUSTED_META });
  }
  return isRefusal(error) ? new ToolError(error.message) : error;
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Refused ||
    error instanceof LeaseError ||
    error instanceof ExportTooLarge ||
    error instanceof HypotheticalError
  );
}

function explain(
  { code, message, position, detail, hint }: DatabaseError,
  sql: string | undefined,
): string {
  const state = /^[0-9A-Z]{5}$/.test(code) ? ` (SQLSTATE ${code})` : "";
  return [
    `${message}${state}`,
    ...(sql !== undefined && position !== undefined ? [pointAt(sql, position)] : []),
    ...(detail === undefined ? [] : [detail]),
    ...(hint === undefined ? [] : [`Hint: ${hint}`]),
  ].join("\n");
}
