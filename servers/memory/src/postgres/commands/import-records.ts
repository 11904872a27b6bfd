import {
  distinct,
  distinctEntities,
  distinctRelations,
  relationDetail,
  relationKey,
  USUAL_IMPORTANCE,
} from "../../graph/combine.ts";
import type { Author, GraphRecord, Imported, NewEntity, NewRelation } from "../../graph/types.ts";
import { linesLike } from "../found-by.ts";
import {
  forgetVectors,
  type HeadRow,
  insertHeads,
  insertObservations,
  insertRelations,
  type ObservationRow,
} from "../rows.ts";
import type { Writing } from "../writing.ts";
import { keyOf, knownTexts } from "./add-observations.ts";
import { headsByName, knownRelations, namesOf } from "./lookup.ts";
import { oneByOne } from "./one-by-one.ts";

/** Records to take in at once, and who does. */
export interface Portion {
  readonly records: readonly GraphRecord[];
  readonly author: Author;
}

/** Adds what is not there yet. Relations to what does not exist are kept. */
export const importPortion = oneByOne(async (writing, { records, author }: Portion) => {
  const entities = records.filter((record) => record.kind === "entity");
  const relations = records.filter((record) => record.kind === "relation");
  const lines = records.flatMap((record) => (record.kind === "foreign" ? [record.line] : []));
  const imported = {
    ...(await importEntities(writing, entities, author)),
    relations: await importRelations(writing, relations, author),
    foreign: await importLines(writing, lines, author),
  };
  const known = records.length - imported.entities - imported.relations - imported.foreign;
  return { ...imported, known } satisfies Imported;
});

async function importEntities(
  writing: Writing,
  records: readonly NewEntity[],
  author: Author,
): Promise<{ entities: number; observations: number }> {
  const entities = distinctEntities(records);
  const heads = await headsByName(
    writing,
    entities.map(({ name }) => name),
  );
  const items = entities.map(({ name, observations }) => ({
    entityName: name,
    contents: observations,
  }));
  const known = await knownTexts(writing, items, heads);
  const newHeads: HeadRow[] = [];
  const facts: ObservationRow[] = [];
  for (const entity of entities) {
    const head = heads.get(entity.name);
    const texts = distinct(entity.observations).filter(
      (text) => head === undefined || !known.has(keyOf(head.entity, text)),
    );
    if (head !== undefined && texts.length === 0) continue;
    const said = writing.record(author, {
      action: "import",
      entity: entity.name,
      detail: texts.length === 1 ? "1 observation" : `${texts.length} observations`,
      ...(head === undefined ? {} : { subject: head.entity }),
    });
    if (head === undefined) newHeads.push(headOf(entity, said));
    const first = writing.take(texts.length) + 1;
    for (const [index, text] of texts.entries()) {
      facts.push({ id: first + index, entity: head?.entity ?? said, text, said, since: said });
    }
  }
  await insertHeads(writing, newHeads);
  await insertObservations(writing, facts);
  await forgetVectors(
    writing,
    facts.map(({ entity }) => entity),
  );
  return { entities: newHeads.length, observations: facts.length };
}

function headOf(entity: NewEntity, since: number): HeadRow {
  const { name, entityType, tags = [], importance = USUAL_IMPORTANCE, extra } = entity;
  return { entity: since, name, entityType, tags, importance, extra, since };
}

async function importRelations(
  writing: Writing,
  records: readonly NewRelation[],
  author: Author,
): Promise<number> {
  const known = new Set((await knownRelations(writing, records)).map(relationKey));
  const fresh = distinctRelations(records).filter((one) => !known.has(relationKey(one)));
  const heads = await headsByName(writing, namesOf(fresh));
  const rows = fresh.map(({ from, to, relationType, extra }) => {
    const id = writing.record(author, {
      action: "import",
      entity: from,
      detail: relationDetail({ to, relationType }),
      subject: heads.get(from)?.entity,
      object: heads.get(to)?.entity,
    });
    return { from, to, relationType, extra, id, since: id };
  });
  await insertRelations(writing, rows);
  return rows.length;
}

async function importLines(
  writing: Writing,
  lines: readonly string[],
  author: Author,
): Promise<number> {
  if (lines.length === 0) return 0;
  const known = await writing.query<{ line: string }>(KNOWN_LINES, [writing.graph, lines]);
  const isKnown = new Set(known.map(({ line }) => line));
  const fresh = distinct(lines).filter((line) => !isKnown.has(line));
  if (fresh.length === 0) return 0;
  const said = writing.record(author, {
    action: "import",
    entity: "",
    detail: fresh.length === 1 ? "1 other record" : `${fresh.length} other records`,
    subject: undefined,
  });
  writing.take(fresh.length);
  const rows = fresh.map((line, index) => ({ id: said + 1 + index, line }));
  await writing.query(INSERT_LINES, [writing.graph, JSON.stringify(rows)]);
  return fresh.length;
}

const KNOWN_LINES = `
  SELECT f.line FROM unnest($2::text[]) AS wanted(line), LATERAL ${linesLike("wanted.line")} AS f
  WHERE f.graph = $1 AND f.line = wanted.line`;

const INSERT_LINES = `
  INSERT INTO portico_memory.foreign_line (graph, id, line)
  SELECT $1, id, line FROM json_to_recordset($2::json) AS row(id bigint, line text)`;
