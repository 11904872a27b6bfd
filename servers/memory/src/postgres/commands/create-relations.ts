import { distinctRelations, relationDetail, relationKey } from "../../graph/combine.ts";
import type { Author, NewRelation, Relation } from "../../graph/types.ts";
import { insertRelations, type RelationRow } from "../rows.ts";
import type { Command } from "../writer.ts";
import { headsByName, knownRelations, namesOf, unknown } from "./lookup.ts";

/** Relations to create, and who does. */
export interface Relating {
  readonly relations: readonly NewRelation[];
  readonly author: Author;
}

/** Creates relations that do not exist between entities that do. @returns those that were created */
export const createRelations: Command<Relating, Relation[]> = async (writing, calls) => {
  const all = calls.flatMap(({ relations }) => relations);
  const heads = await headsByName(writing, namesOf(all));
  const known = new Set((await knownRelations(writing, all)).map(relationKey));
  const rows: RelationRow[] = [];
  const answers = calls.map(({ relations, author }) => {
    const missing = namesOf(relations).filter((name) => !heads.has(name));
    if (missing.length > 0) return unknown(missing);
    const fresh = distinctRelations(relations).filter((one) => !known.has(relationKey(one)));
    for (const relation of fresh) {
      known.add(relationKey(relation));
      const id = writing.record(author, {
        action: "create-relation",
        entity: relation.from,
        detail: relationDetail(relation),
        subject: heads.get(relation.from)?.entity,
        object: heads.get(relation.to)?.entity,
      });
      rows.push({ ...relation, id, since: id });
    }
    return fresh.map(({ from, to, relationType }) => ({ from, to, relationType }));
  });
  await insertRelations(writing, rows);
  return answers;
};
