import type { Step } from "./batch.ts";
import { DatabaseError, type Identity } from "./database.ts";

/**
 * How values are written and read, whatever the database's or the role's own settings are. They are set for the
 * transaction, not the session: a pooler before the database may refuse or forget the latter.
 */
const FIXED: Readonly<Record<string, string>> = {
  standard_conforming_strings: "on",
  DateStyle: "ISO",
  IntervalStyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
};

/** What holds in one transaction. */
export interface Terms {
  readonly readOnly: boolean;
  readonly identity: Identity | undefined;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly idleTransactionMs: number;
}

/** Begins a transaction with its time-outs, its role and its settings. */
export function beginning(terms: Terms): readonly [begin: Step, settings: Step] {
  const begin = { sql: terms.readOnly ? "BEGIN READ ONLY" : "BEGIN READ WRITE" };
  return [begin, setConfig(termSettings(terms), "transaction")];
}

/** The same settings for a session, for a statement that takes no transaction. */
export function sessionSettings(terms: Terms): Step {
  return setConfig(termSettings(terms), "session");
}

/** Another limit for the statements to come. */
export function limitStep(statementTimeoutMs: number): Step {
  return setConfig([["statement_timeout", String(statementTimeoutMs)]], "transaction");
}

/** The role comes last: after it the caller's rights hold, also for what may be set. */
function termSettings(terms: Terms): readonly (readonly [string, string])[] {
  const { identity } = terms;
  const settings = Object.entries(identity?.settings ?? {});
  for (const [name] of settings) checkName(name);
  return [
    ...Object.entries(FIXED),
    ["statement_timeout", String(terms.statementTimeoutMs)],
    ["lock_timeout", String(terms.lockTimeoutMs)],
    ["idle_in_transaction_session_timeout", String(terms.idleTransactionMs)],
    ...settings,
    ...(identity?.role === undefined ? [] : [["role", identity.role] as const]),
  ];
}

/** Names and values are bound, so that neither can be read as SQL. */
function setConfig(
  settings: readonly (readonly [string, string])[],
  scope: "transaction" | "session",
): Step {
  const local = scope === "transaction";
  const calls = settings.map(
    (_, index) => `pg_catalog.set_config($${2 * index + 1}, $${2 * index + 2}, ${local})`,
  );
  return { sql: `SELECT ${calls.join(", ")}`, values: settings.flat() };
}

/** Only settings of applications have a dot in their name; PostgreSQL's own are not the caller's to change. */
function checkName(name: string): void {
  if (/^[a-z_]\w*(\.[a-z_]\w*)+$/i.test(name)) return;
  const message = `"${name}" is no setting for a caller's identity; use a name with a dot, as app.user_id.`;
  throw new DatabaseError("not-allowed", message);
}
