import type { Fields } from "../parser.ts";
import { Refused } from "../refused.ts";

/** Who one is, what a transaction may, how long things take, and how the server reads text. */
const HELD =
  /^(role|session_authorization|is_superuser|transaction_.*|default_transaction_.*|statement_timeout|lock_timeout|idle_.*|standard_conforming_strings|backslash_quote|client_encoding)$/;

/** Settings that name programs or libraries which the server then runs. */
const PROGRAMS =
  /^(archive_command|archive_cleanup_command|archive_library|restore_command|recovery_end_command|ssl_passphrase_command|(shared|session|local)_preload_libraries|dynamic_library_path|jit_provider)$/;

/**
 * Refuses to change settings that hold the session, and settings by which the server runs programs.
 * @throws {Refused}
 */
export function checkSettings(type: string, fields: Fields): void {
  const set = type === "VariableSetStmt" ? fields : (fields.setstmt as Fields | undefined);
  if (!set) return;
  const name = String(set.name ?? "").toLowerCase();
  if (PROGRAMS.test(name)) {
    throw new Refused(`${name} makes the server run programs or libraries; use psql for that.`);
  }
  if (type !== "VariableSetStmt") return;
  if (
    HELD.test(name) ||
    !SINGLE.has(String(set.kind)) ||
    /^(transaction|session char)/.test(name)
  ) {
    throw new Refused(
      "Settings that hold the session are not changed from here; use psql for that.",
    );
  }
}

/** `SET name`; neither `RESET` nor `SET TRANSACTION`. */
const SINGLE = new Set(["VAR_SET_VALUE", "VAR_SET_DEFAULT"]);
