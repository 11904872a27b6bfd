import { relationKey } from "../../graph/combine.ts";
import { linesIn, withFields } from "../../graph/lines.ts";
import type { Extras, Relation } from "../../graph/types.ts";
import type { Writing } from "../writing.ts";
import { type KnownRelation, knownRelations } from "./lookup.ts";

/** A relation with what lines on it say besides. */
export interface WithFields extends Relation {
  readonly extra?: Extras | null | undefined;
}

/** Each relation once, in the order it came first, with the fields of all lines on it. */
export function gathered<T extends WithFields>(
  lines: readonly T[],
): (T & { readonly extra: Extras | undefined })[] {
  const relations = new Map<string, T & { readonly extra: Extras | undefined }>();
  for (const line of lines) {
    const key = relationKey(line);
    const first = relations.get(key);
    const extra = first ? linesIn(line.extra ?? {}).reduce(withFields, first.extra) : line.extra;
    relations.set(key, { ...(first ?? line), extra: extra ?? undefined });
  }
  return [...relations.values()];
}

/**
 * Gives relations that exist the fields they lack. These are exported, and no change to what the graph says.
 * @returns those that exist
 */
export async function addFields(
  writing: Writing,
  lines: readonly WithFields[],
): Promise<KnownRelation[]> {
  const known = await knownRelations(writing, lines);
  const byKey = new Map(gathered(lines).map((one) => [relationKey(one), one]));
  const rows = known.flatMap((relation) => {
    const before = relation.extra ?? undefined;
    const added = byKey.get(relationKey(relation))?.extra ?? {};
    const after = linesIn(added).reduce(withFields, before);
    return after === before ? [] : [{ id: relation.id, extra: JSON.stringify(after) }];
  });
  if (rows.length > 0) await writing.query(SET_FIELDS, [writing.graph, JSON.stringify(rows)]);
  return known;
}

const SET_FIELDS = `
  UPDATE portico_memory.relation r SET extra = row.extra::json
  FROM json_to_recordset($2::json) AS row(id bigint, extra text)
  WHERE r.graph = $1 AND r.id = row.id AND r.until IS NULL`;
