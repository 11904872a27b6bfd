import type { LimitedMode } from "../access-mode.ts";
import type { AllowedFunctions } from "../functions/allowed.ts";
import { isSafe } from "../functions/rules.ts";
import type { Judgement } from "../judge.ts";
import { Latest } from "../latest.ts";
import { Refused } from "../refused.ts";
import type { Name, Uses } from "../uses.ts";
import { type Glance, glance, withSnapshot } from "./glance.ts";
import { nonePassed, type Verdict } from "./passed.ts";
import { resolve } from "./resolve.ts";
import { checkSecrets } from "./secrets.ts";
import { type Rows, type Sight, Sights, unlessSeen } from "./sights.ts";
import { checkStrangers } from "./strangers.ts";

/** Runs a query in the transaction that the statement will run in, and gives its rows as text. */
export type Ask = (
  sql: string,
  parameters: readonly (string | readonly string[])[],
) => Promise<Rows>;

type Row = Rows[number];

/** What has to be seen again, and what a session may keep planned as long as it is. */
export interface Unless extends Glance {
  readonly keeps: { readonly sql: string; readonly key: string } | undefined;
}

/** A condition, and what it was made of: as long as that is the same, so is the condition. */
interface Made {
  readonly sight: Sight;
  readonly before: Verdict | undefined;
  readonly unless: Unless;
}

/** Characters that the statements may weigh of which is known that they came before. */
const MET = 200_000;

/** The check of one database. */
export interface CatalogueCheck {
  /**
   * Looks at what a statement's names mean before it runs.
   * @throws {Refused}
   */
  check(judgement: Judgement, ask: Ask, role?: string): Promise<void>;
  /**
   * What divides by zero unless the statement passes, where it is known what the catalogue has to show for that:
   * nothing where it has to be looked at.
   */
  condition(judgement: Judgement, role?: string): Unless | undefined;
}

/**
 * Makes the check for one database. A statement passes when every function it may come to call, by name, by operator,
 * by cast, by a domain or by a view, is PostgreSQL's own and known to be safe, or of a known extension, or allowed.
 * Administrators pass. `role` is the caller's own, whose search path may be another.
 *
 * What tables call by themselves, in triggers, defaults, policies and indexes, is their owners' business, unless the
 * server's user may leave the database and the function's maker may not. What foreign tables reach is not looked at.
 */
export function catalogueCheck(allowed: AllowedFunctions): CatalogueCheck {
  const passed = nonePassed();
  const sights = new Sights();
  const met = new Latest<true>(MET);
  const made = new WeakMap<Judgement, Made>();
  const isMet = (sql: string) => {
    const isAgain = met.get(sql) === true;
    met.set(sql, true);
    return isAgain;
  };
  return {
    async check(judgement, ask, role) {
      const { mode, sql } = judgement;
      if (mode === "admin") return;
      const before = passed[mode].get(sql);
      const uses = before?.uses ?? judgement.uses;
      const question = glance(uses);
      const { sql: asked, parameters } = withSnapshot(question);
      const answer = await ask(asked, parameters);
      const rows = answer.slice(0, -1);
      checkSession(rows[0] ?? []);
      await checkSecrets(uses, ask);
      const known = isKnown(rows, uses, before, mode);
      const all = known ? uses : await resolve(judgement, ask, allowed);
      if (all !== uses) await checkSecrets(all, ask);
      if (hasStrangers(rows)) await checkStrangers(all, ask, allowed);
      else sights.keep(question, role, { rows, snapshot: answer.at(-1)?.[2] ?? "" });
      // What views and domains led to was not glanced at yet: only the next time it is known what to compare.
      const complete = before !== undefined || all === judgement.uses;
      if (!known)
        passed[mode].set(sql, { uses: all, seen: complete ? JSON.stringify(rows) : undefined });
    },
    condition(judgement, role) {
      const { mode, sql, uses: own } = judgement;
      if (mode === "admin") return undefined;
      const before = passed[mode].get(sql);
      const uses = before?.uses ?? own;
      if (uses.allSettings || uses.keptSettings) return undefined;
      const question = glance(uses);
      const sight = sights.of(question, role);
      if (!sight) return undefined;
      const last = made.get(judgement);
      if (last?.sight === sight && last.before === before) return last.unless;
      if (!isKnown(sight.rows, uses, before, mode)) return undefined;
      const isAgain = isMet(sql);
      // Only what comes again is worth a plan of its own, and only what names alone give its meaning.
      const isWorth = isAgain && judgement.isQuery && judgement.isTimeless;
      const keeps = isWorth ? { sql, key: JSON.stringify([sql, sight.rows]) } : undefined;
      const unless = { ...unlessSeen(question, sight), keeps };
      if (isAgain) made.set(judgement, { sight, before, unless });
      return unless;
    },
  };
}

/** Whether a statement passes when the catalogue shows this. */
function isKnown(rows: Rows, uses: Uses, before: Verdict | undefined, mode: LimitedMode): boolean {
  if (before?.seen !== undefined && before.seen === JSON.stringify(rows)) return true;
  return isOrdinary(uses, rows, mode === "read-write");
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
