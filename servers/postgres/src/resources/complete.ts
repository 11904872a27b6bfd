import { type Completer, type Context, rank } from "@portico/core";
import { catalogueOf } from "../catalogue/catalogue.ts";
import { type ObjectKind, RELATION_KINDS } from "../catalogue/kinds.ts";
import { searchObjects } from "../catalogue/search.ts";
import type { Deps } from "../deps.ts";
import { type Reach, reach } from "../reach.ts";
import { authorityOf } from "./authority.ts";
import { refusal } from "./for-resource.ts";

/** Most names that are looked at for suggestions; a client gets 100 of them. */
const MOST_NAMES = 500;

type Others = Readonly<Record<string, string>>;

/** Completes the names of the databases. */
export const completeDatabase: Completer<Deps> = (typed, ctx) =>
  rank(ctx.deps.databases.names, typed);

/** Completes where the first database is. */
export const completeHost: Completer<Deps> = (typed, ctx) => {
  const { databases } = ctx.deps;
  return rank(
    databases.names.map((name) => authorityOf(databases.get(name))),
    typed,
  );
};

/** Completes schemas of the database chosen before. */
export const completeSchema: Completer<Deps> = (typed, ctx, others) =>
  completeNames(["schema"], typed, ctx, others);

/** Completes tables and views of the schema chosen before. */
export const completeRelation: Completer<Deps> = (typed, ctx, others) =>
  completeNames(RELATION_KINDS, typed, ctx, others, others.schema);

/** The same for those in `public`. */
export const completePublicRelation: Completer<Deps> = (typed, ctx, others) =>
  completeNames(RELATION_KINDS, typed, ctx, others, "public");

/** Completes functions and procedures of the schema chosen before. */
export const completeFunction: Completer<Deps> = (typed, ctx, others) =>
  completeNames(["function", "procedure"], typed, ctx, others, others.schema);

/** Completes tables and views of any schema, as a person would write them. */
export async function completeNames(
  kinds: readonly ObjectKind[],
  typed: string,
  ctx: Context<Deps>,
  others: Others,
  schema?: string,
): Promise<string[]> {
  const { names } = ctx.deps.databases;
  const { database } = others;
  if (names.length === 0 || (database !== undefined && !names.includes(database))) return [];
  try {
    const found = await namesOn(reach(ctx, database), kinds, typed, schema);
    return rank([...new Set(found)], typed);
  } catch (error) {
    throw refusal(error);
  }
}

function namesOn(
  on: Reach,
  kinds: readonly ObjectKind[],
  typed: string,
  schema: string | undefined,
): Promise<string[]> {
  return on.read(async (session) => {
    const { objects } = await searchObjects(await catalogueOf(session), {
      kinds,
      schema,
      // A person types a part of a name and no glob.
      pattern: typed === "" ? undefined : typed.replaceAll(/[*?]/g, ""),
      summary: false,
      limit: MOST_NAMES,
    });
    return objects.map(({ found }) => found.name);
  });
}
