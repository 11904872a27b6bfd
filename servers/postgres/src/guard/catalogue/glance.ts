import type { Name, Uses } from "../uses.ts";

/** A question to the catalogue. */
export interface Glance {
  readonly sql: string;
  readonly parameters: readonly (string | readonly string[])[];
}

/**
 * What everyday statements need to know: whether any name in them may stand for something that is not PostgreSQL's
 * own. Objects made after the server was set up have numbers from 16384 on. Only what there are names for is asked:
 * to plan the question takes PostgreSQL longer than to answer it.
 *
 * Each row is an object and its version: the row's transaction. The first tells how the session reads text and names.
 * The last counts the functions of ordinary users, where the session's user is one who may leave the database.
 * Nothing is looked up along the search path, not even an operator: whether it can be trusted is what is asked.
 */
export function glance(uses: Uses): Glance {
  const known = glances.get(uses);
  if (known !== undefined) return known;
  const made = glanceAt(uses);
  glances.set(uses, made);
  return made;
}

/** What was asked for a statement before is asked for it again. */
const glances = new WeakMap<Uses, Glance>();

function glanceAt(uses: Uses): Glance {
  const { functions, shadows, fields, operators, relations, types } = uses;
  const asked = [
    { names: [...functions, ...shadows, ...fields], question: FUNCTIONS },
    { names: operators, question: OPERATORS },
    { names: relations, question: RELATIONS },
    { names: types, question: TYPES },
  ].filter(({ names }) => names.length > 0);
  const questions = asked.map(({ question }, index) => question(`$${index + 1}`));
  const strangers = relations.length > 0 ? [STRANGERS] : [];
  return {
    sql: [SESSION, ...questions, CASTS, CHECKS, ...strangers].join("\nUNION ALL\n"),
    parameters: asked.map(({ names }) => distinct(names)),
  };
}

function distinct(names: readonly Name[]): string[] {
  return [...new Set(names.map(({ name }) => name))];
}

/** How the session reads strings. */
export const STRINGS = "pg_catalog.current_setting('standard_conforming_strings')";

/** Where the session looks names up, as JSON. */
export const SCHEMAS =
  "pg_catalog.array_to_json(pg_catalog.current_schemas(true))::pg_catalog.text";

/** Which transactions have ended: the same text again when nobody has committed anything since. */
export const SNAPSHOT = "pg_catalog.txid_current_snapshot()::pg_catalog.text";

/** The same question, its answer followed by a row with the snapshot it was found in. */
export function withSnapshot({ sql, parameters }: Glance): Glance {
  return { sql: `${sql}\nUNION ALL\nSELECT 'snapshot', NULL, ${SNAPSHOT}`, parameters };
}

const SESSION = `SELECT 'session' AS kind, ${STRINGS} AS object, ${SCHEMAS} AS version`;

const FUNCTIONS = (
  names: string,
) => `SELECT 'function', f.oid::pg_catalog.text, f.xmin::pg_catalog.text FROM pg_catalog.pg_proc f
WHERE f.proname OPERATOR(pg_catalog.=) ANY (${names}::pg_catalog.name[])
  AND f.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid`;

const OPERATORS = (
  names: string,
) => `SELECT 'operator', o.oid::pg_catalog.text, o.xmin::pg_catalog.text FROM pg_catalog.pg_operator o
WHERE o.oprname OPERATOR(pg_catalog.=) ANY (${names}::pg_catalog.name[])
  AND o.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid`;

const RELATIONS = (
  names: string,
) => `SELECT CASE r.relkind WHEN 'v' THEN 'view' ELSE 'table' END, r.oid::pg_catalog.text,
  pg_catalog.concat(r.xmin::pg_catalog.text, ' ', w.xmin::pg_catalog.text)
FROM pg_catalog.pg_class r LEFT JOIN pg_catalog.pg_rewrite w
  ON w.ev_class OPERATOR(pg_catalog.=) r.oid AND w.rulename OPERATOR(pg_catalog.=) '_RETURN'::pg_catalog.name
WHERE r.relname OPERATOR(pg_catalog.=) ANY (${names}::pg_catalog.name[])
  AND r.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid`;

const TYPES = (
  names: string,
) => `SELECT 'type', t.oid::pg_catalog.text, t.xmin::pg_catalog.text FROM pg_catalog.pg_type t
WHERE t.typname OPERATOR(pg_catalog.=) ANY (${names}::pg_catalog.name[])
  AND t.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid`;

const CASTS = `SELECT 'casts', pg_catalog.count(*)::pg_catalog.text, pg_catalog.max(c.oid)::pg_catalog.text
FROM pg_catalog.pg_cast c WHERE c.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid`;

const CHECKS = `SELECT 'checks', pg_catalog.count(*)::pg_catalog.text, pg_catalog.max(k.oid)::pg_catalog.text
FROM pg_catalog.pg_constraint k
WHERE k.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid
  AND k.contypid OPERATOR(pg_catalog.>) '0'::pg_catalog.oid`;

const STRANGERS = `SELECT 'strangers', pg_catalog.count(*)::pg_catalog.text, ''
FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_roles o ON o.oid OPERATOR(pg_catalog.=) f.proowner
WHERE f.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid AND NOT o.rolsuper AND (
  pg_catalog.pg_has_role(session_user, 'pg_execute_server_program', 'MEMBER')
  OR pg_catalog.pg_has_role(session_user, 'pg_write_server_files', 'MEMBER')
  OR pg_catalog.pg_has_role(session_user, 'pg_read_server_files', 'MEMBER')
)`;
