import type { AllowedFunctions } from "../functions/allowed.ts";
import { isSafe } from "../functions/rules.ts";
import { inspect } from "../inspect.ts";
import type { Judgement } from "../judge.ts";
import { parse } from "../parser.ts";
import { Refused } from "../refused.ts";
import { joinUses, type Name, type Uses } from "../uses.ts";
import type { Ask } from "./check.ts";
import { type Callable, checkCallable, type Found, found, isDelivered } from "./found.ts";
import { QUESTION } from "./question.ts";

/**
 * Decides about everything that a statement's names may stand for, and what views and domains lead to from there.
 * Gives all the names; the statement's own where there are no others.
 * @throws {Refused}
 */
export async function resolve(
  { uses, mode }: Judgement,
  ask: Ask,
  allowed: AllowedFunctions,
): Promise<Uses> {
  const writing = mode === "read-write";
  const read = new Map<string, Found>();
  let all = uses;
  for (let next: Uses | undefined = uses; next; ) {
    const answer = (await ask(QUESTION, [JSON.stringify(questions(next))])).map(found);
    if (next === uses) checkMissing(next, answer, writing);
    for (const one of answer) checkFound(one, { writing, allowed }, read);
    next = await definitions(answer, read, writing);
    if (next) all = joinUses(all, next);
  }
  return all;
}

/** What `QUESTION` is asked. */
interface Asked extends Name {
  readonly kind: string;
  readonly arity?: number;
}

function questions(uses: Uses): Asked[] {
  const { functions, shadows, fields, operators, relations, written, types } = uses;
  const kinds: Record<string, readonly (Name & { readonly arity?: number })[]> = {
    function: [...functions, ...shadows],
    field: fields,
    operator: operators,
    relation: relations,
    written,
    type: types,
  };
  const all = Object.entries(kinds).flatMap(([kind, names]) =>
    names.map(({ schema, name, arity }) => JSON.stringify({ kind, schema, name, arity })),
  );
  return [...new Set(all)].map((question) => JSON.parse(question));
}

/** A function that cannot be found may be found under another reading of its name. */
function checkMissing({ functions }: Uses, answer: readonly Found[], writing: boolean): void {
  const known = new Set(
    answer.filter(({ kind }) => kind === "function" || kind === "type").map(({ name }) => name),
  );
  const missing = functions.find(({ name }) => !known.has(name) && !isSafe(name, writing));
  if (missing)
    throw new Refused(`There is no function ${missing.name}() here; look at what there is.`);
}

function checkFound(one: Found, callable: Callable, read: ReadonlyMap<string, Found>): void {
  switch (one.kind) {
    case "view":
    case "domain":
    case "type":
      return;
    case "written":
      throw new Refused(`${one.name} belongs to PostgreSQL and is not written to.`);
    default:
      checkCallable(one, callable, [...read.values()]);
  }
}

/** What the views and domains that were not read before are made of. */
async function definitions(
  answer: readonly Found[],
  read: Map<string, Found>,
  writing: boolean,
): Promise<Uses | undefined> {
  let all: Uses | undefined;
  for (const one of answer) {
    const sql = definition(one);
    if (sql === undefined || read.has(sql)) continue;
    read.set(sql, one);
    const uses = await usesOf(one, sql, writing);
    all = all ? joinUses(all, uses) : uses;
  }
  return all;
}

function definition(one: Found): string | undefined {
  if (one.kind === "domain") return `SELECT ${one.text}`;
  return one.kind === "view" && !isDelivered(one) ? one.text : undefined;
}

async function usesOf({ kind, schema, name }: Found, sql: string, writing: boolean): Promise<Uses> {
  try {
    const [statement] = await parse(sql);
    if (!statement) throw new Refused("It cannot be read.");
    return inspect(statement, { mayWrite: writing, mayCallWriting: writing }).uses;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(`The ${kind} ${schema}.${name} is not used: ${error.message}`);
  }
}
