import { distinct } from "../../graph/combine.ts";
import type { GraphError } from "../../graph/error.ts";
import type { Author } from "../../graph/types.ts";
import { observationsLike } from "../found-by.ts";
import { forgetVectors, insertObservations, type ObservationRow } from "../rows.ts";
import type { Command } from "../writer.ts";
import type { Writing } from "../writing.ts";
import { type Head, headsByName, unknown } from "./lookup.ts";

/** Observations to add, and who does. */
export interface Addition {
  readonly items: readonly { readonly entityName: string; readonly contents: readonly string[] }[];
  readonly author: Author;
}

type Added = { entityName: string; addedObservations: string[] }[];

/** Adds observations that an entity does not have. @returns for each item what was added */
export const addObservations: Command<Addition, Added> = async (writing, calls) => {
  const items = calls.flatMap((call) => call.items);
  const heads = await headsByName(
    writing,
    items.map(({ entityName }) => entityName),
  );
  const known = await knownTexts(writing, items, heads);
  const rows: ObservationRow[] = [];
  const answers = calls.map(({ items, author }) => {
    const missing = items.map(({ entityName }) => entityName).filter((name) => !heads.has(name));
    if (missing.length > 0) return unknown(missing);
    return items.map(({ entityName, contents }) => {
      const subject = (heads.get(entityName) as Head).entity;
      const texts = distinct(contents).filter((text) => !known.has(keyOf(subject, text)));
      for (const text of texts) {
        known.add(keyOf(subject, text));
        const id = writing.recordFact(author, { entity: entityName, subject });
        rows.push({ id, entity: subject, text, said: id, since: id });
      }
      return { entityName, addedObservations: texts };
    });
  });
  await insertObservations(writing, rows);
  await forgetVectors(
    writing,
    rows.map(({ entity }) => entity),
  );
  return answers as (Added | GraphError)[];
};

/** Which of the texts the entities have already. */
export async function knownTexts(
  { query, graph }: Writing,
  items: Addition["items"],
  heads: ReadonlyMap<string, Head>,
): Promise<Set<string>> {
  const pairs = items.flatMap(({ entityName, contents }) => {
    const entity = heads.get(entityName)?.entity;
    return entity === undefined ? [] : distinct(contents).map((text) => ({ entity, text }));
  });
  const rows = await query<{ entity: number; text: string }>(KNOWN, [graph, JSON.stringify(pairs)]);
  return new Set(rows.map(({ entity, text }) => keyOf(entity, text)));
}

/** Equal for the same text of the same entity only. */
export function keyOf(entity: number, text: string): string {
  return `${entity}:${text}`;
}

const KNOWN = `
  SELECT o.entity, o.text FROM json_to_recordset($2::json) AS wanted(entity bigint, text text),
    LATERAL ${observationsLike("wanted.entity", "wanted.text")} AS o
  WHERE o.graph = $1 AND o.entity = wanted.entity AND o.text = wanted.text AND o.until IS NULL`;
