import type { AllowedFunctions } from "../functions/allowed.ts";
import { isSafe } from "../functions/rules.ts";
import type { Judgement } from "../judge.ts";
import { Refused } from "../refused.ts";
import type { Name, Uses } from "../uses.ts";
import { glance } from "./glance.ts";
import { nonePassed } from "./passed.ts";
import { resolve } from "./resolve.ts";
import { checkSecrets } from "./secrets.ts";
import { checkStrangers } from "./strangers.ts";

/** Runs a query in the transaction that the statement will run in, and gives its rows as text. */
export type Ask = (
  sql: string,
  parameters: readonly (string | readonly string[])[],
) => Promise<Rows>;

type Row = readonly (string | null)[];
type Rows = readonly Row[];

/** Looks at what a statement's names mean before it runs. */
export type CatalogueCheck = (judgement: Judgement, ask: Ask) => Promise<void>;

/**
 * Makes the check for one database. A statement passes when every function it may come to call, by name, by operator,
 * by cast, by a domain or by a view, is PostgreSQL's own and known to be safe, or of a known extension, or allowed.
 * The check rejects with `Refused`, and passes administrators.
 *
 * What tables call by themselves, in triggers, defaults, policies and indexes, is their owners' business, unless the
 * server's user may leave the database and the function's maker may not. What foreign tables reach is not looked at.
 */
export function catalogueCheck(allowed: AllowedFunctions): CatalogueCheck {
  const passed = nonePassed();
  return async (judgement, ask) => {
    const { mode, sql: text } = judgement;
    if (mode === "admin") return;
    const before = passed[mode].get(text);
    const uses = before?.uses ?? judgement.uses;
    const { sql, parameters } = glance(uses);
    const rows = await ask(sql, parameters);
    checkSession(rows[0] ?? []);
    await checkSecrets(uses, ask);
    const seen = JSON.stringify(rows);
    const known = seen === before?.seen || isOrdinary(uses, rows, mode === "read-write");
    const all = known ? uses : await resolve(judgement, ask, allowed);
    if (all !== uses) await checkSecrets(all, ask);
    if (hasStrangers(rows)) await checkStrangers(all, ask, allowed);
    // What views and domains led to was not glanced at yet: only the next time it is known what to compare.
    const complete = before !== undefined || all === judgement.uses;
    if (!known) passed[mode].set(text, { uses: all, seen: complete ? seen : undefined });
  };
}

/** Whether tables might call what an ordinary user made, as one who is none. */
function hasStrangers(rows: Rows): boolean {
  return rows.some(([kind, count]) => kind === "strangers" && count !== "0");
}

/** Nothing in the database goes by any of the names but what PostgreSQL brought, or tables. */
function isOrdinary(uses: Uses, rows: Rows, writing: boolean): boolean {
  const [session, ...objects] = rows;
  const own = ({ schema, name }: Name) =>
    (schema === undefined || schema === "pg_catalog") && isSafe(name, writing);
  return (
    uses.functions.every(own) &&
    !schemasOf(session ?? []).some((schema) => UNUSUAL.has(schema)) &&
    objects.every(([kind, count]) => ORDINARY.has(kind ?? "") || count === "0")
  );
}

const ORDINARY = new Set(["table", "strangers"]);

/** Schemas of PostgreSQL's own in which tables can be written to, when the search path leads there. */
const UNUSUAL = new Set(["information_schema", "pg_toast"]);

/** Two readings of one text, or a schema before PostgreSQL's own, and what was judged is not what runs. */
function checkSession(session: Row): void {
  if (session[1] !== "on") {
    throw new Refused(
      "The session reads backslashes in strings; turn standard_conforming_strings on.",
    );
  }
  const first = schemasOf(session).find((schema) => !schema.startsWith("pg_temp"));
  if (first !== "pg_catalog") {
    throw new Refused(
      "The search path names pg_catalog after other schemas; leave pg_catalog out of it.",
    );
  }
}

function schemasOf(session: Row): string[] {
  return JSON.parse(session[2] ?? "[]");
}
