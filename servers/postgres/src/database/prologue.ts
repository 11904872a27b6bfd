import type { Step } from "./batch.ts";
import { DatabaseError, type Identity } from "./database.ts";
import { toStep } from "./statement-text.ts";

/** How values are written and read, whatever the database's or the role's own settings are. */
const FIXED: Readonly<Record<string, string>> = {
  standard_conforming_strings: "on",
  DateStyle: "ISO",
  IntervalStyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
};

/** Asks a new session what it has for the settings that are to be fixed. */
export const ASK_SETTINGS: Step = {
  sql: `SELECT ${Object.keys(FIXED)
    .map((name) => `pg_catalog.current_setting('${name}')`)
    .join(", ")}`,
};

/** The statements that set what a session has otherwise, of what it answered. */
export function settingsToFix(answered: readonly (string | null)[]): readonly Step[] {
  return Object.entries(FIXED)
    .filter(([, value], index) => answered[index]?.split(",")[0] !== value)
    .map(([name, value]) => ({ sql: `SET LOCAL ${name} = '${value}'` }));
}

/** What holds in one transaction. */
export interface Terms {
  readonly readOnly: boolean;
  readonly identity: Identity | undefined;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly idleTransactionMs: number;
}

/**
 * Begins a transaction with its time-outs, its role and its settings, `fixing` those of the session. All of it holds
 * for the transaction only: a pooler before the database may forget what is set for a session, or give it to others.
 * PostgreSQL lets a transaction become READ WRITE only before its first query, which is that for the time-outs.
 */
export function beginning(terms: Terms, fixing: readonly Step[]): readonly [Step, ...Step[]] {
  const kept = terms.readOnly ? "named" : undefined;
  const begin: Step = { sql: terms.readOnly ? "BEGIN READ ONLY" : "BEGIN READ WRITE", kept };
  const values = timeouts(terms).map(([, ms]) => String(ms));
  const limits: Step = { sql: SET_TIMEOUTS, values, kept };
  const identity = identitySteps(terms.identity, "transaction");
  return [begin, ...fixing, limits, ...identity];
}

/** The same time-outs and role for a session, for a statement that takes no transaction. */
export function sessionSettings(terms: Terms): readonly Step[] {
  const limits = timeouts(terms).map(([name, ms]) => ({ sql: `SET ${name} = ${ms}` }));
  return [...limits, ...identitySteps(terms.identity, "session")];
}

/** Another limit for the statements to come: bound, or each would be a statement of its own in pg_stat_statements. */
export function limitStep(statementTimeoutMs: number): Step {
  return { sql: SET_LIMIT, values: [String(statementTimeoutMs)] };
}

const SET_LIMIT = "SELECT pg_catalog.set_config('statement_timeout', $1, true)";

const TIMEOUTS = {
  statement_timeout: "statementTimeoutMs",
  lock_timeout: "lockTimeoutMs",
  idle_in_transaction_session_timeout: "idleTransactionMs",
} as const satisfies Record<string, keyof Terms>;

const SET_TIMEOUTS = `SELECT ${Object.keys(TIMEOUTS)
  .map((name, index) => `pg_catalog.set_config('${name}', $${index + 1}, true)`)
  .join(", ")}`;

function timeouts(terms: Terms): (readonly [name: string, ms: number])[] {
  return Object.entries(TIMEOUTS).map(([name, limit]) => [name, terms[limit]]);
}

/**
 * Names and values are bound, so that neither can be read as SQL. The role comes last: after it the caller's rights
 * hold, also for what may be set.
 */
function identitySteps(
  identity: Identity | undefined,
  scope: "transaction" | "session",
): readonly Step[] {
  const settings = Object.entries(identity?.settings ?? {});
  for (const [name] of settings) checkName(name);
  if (identity?.role !== undefined) settings.push(["role", checkRole(identity.role)]);
  const local = scope === "transaction";
  return settings.map((values) => toStep(`SELECT pg_catalog.set_config($1, $2, ${local})`, values));
}

/** The word that gives a session its own role back, which no caller is to have. */
function checkRole(role: string): string {
  if (role !== "none") return role;
  throw new DatabaseError(
    "not-allowed",
    'A caller\'s role cannot be "none"; give it a role of its own.',
  );
}

/** Only settings of applications have a dot in their name; PostgreSQL's own are not the caller's to change. */
function checkName(name: string): void {
  if (/^[a-z_]\w*(\.[a-z_]\w*)+$/i.test(name)) return;
  const message = `"${name}" is no setting for a caller's identity; use a name with a dot, as app.user_id.`;
  throw new DatabaseError("not-allowed", message);
}
