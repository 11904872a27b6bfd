import { distinct, relationDetail, relationKey, USUAL_IMPORTANCE } from "../../graph/combine.ts";
import { type Marked, withLine } from "../../graph/lines.ts";
import type { Author, GraphRecord, Imported, NewEntity, NewRelation } from "../../graph/types.ts";
import { linesLike } from "../found-by.ts";
import {
  type EntityEnd,
  endHeads,
  forgetVectors,
  type HeadRow,
  insertHeads,
  insertObservations,
  insertRelations,
  type ObservationRow,
} from "../rows.ts";
import type { Writing } from "../writing.ts";
import { keyOf, knownTexts } from "./add-observations.ts";
import { type Head, headsByName, markedOf, namesOf } from "./lookup.ts";
import { oneByOne } from "./one-by-one.ts";
import { addFields, gathered } from "./relation-fields.ts";

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
  const names = distinct(records.map(({ name }) => name));
  const heads = await headsByName(writing, names);
  const drafts = draftsOf(records, heads, await knownOf(writing, records, heads));
  const newHeads: HeadRow[] = [];
  const ends: EntityEnd[] = [];
  const facts: ObservationRow[] = [];
  for (const [name, { head, before, marked, texts }] of drafts) {
    if (marked === before && texts.length === 0) continue;
    const said = writing.record(author, {
      action: "import",
      entity: name,
      detail: texts.length === 1 ? "1 observation" : `${texts.length} observations`,
      ...(head === undefined ? {} : { subject: head.entity }),
    });
    const entity = head?.entity ?? said;
    if (marked !== before) newHeads.push({ entity, name, ...marked, since: said });
    if (marked !== before && head !== undefined) ends.push({ entity, until: said });
    const first = writing.take(texts.length) + 1;
    for (const [index, text] of texts.entries()) {
      facts.push({ id: first + index, entity, text, said, since: said });
    }
  }
  await endHeads(writing, ends);
  await insertHeads(writing, newHeads);
  await insertObservations(writing, facts);
  await forgetVectors(
    writing,
    [...ends, ...facts].map(({ entity }) => entity),
  );
  return { entities: newHeads.length - ends.length, observations: facts.length };
}

/** What becomes of an entity. */
interface Draft {
  /** Absent for one that is new. */
  readonly head: Head | undefined;
  readonly before: Marked | undefined;
  marked: Marked;
  /** Observations it gets. */
  readonly texts: string[];
}

/** What the lines on each entity make of it, in their order. Observations of a new one stay as they are, also twice. */
function draftsOf(
  records: readonly NewEntity[],
  heads: ReadonlyMap<string, Head>,
  known: ReadonlySet<string>,
): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const record of records) {
    const { name, entityType, observations, tags = [], importance = USUAL_IMPORTANCE } = record;
    const draft = drafts.get(name);
    const head = heads.get(name);
    if (draft !== undefined) {
      const has = new Set(draft.texts);
      draft.marked = withLine(draft.marked, record);
      for (const text of unknownTexts(record, head, known))
        if (!has.has(text)) draft.texts.push(text);
    } else if (head !== undefined) {
      const before = markedOf(head);
      const texts = unknownTexts(record, head, known);
      drafts.set(name, { head, before, marked: withLine(before, record), texts });
    } else {
      const marked = { entityType, tags, importance, extra: record.extra };
      drafts.set(name, { head, before: undefined, marked, texts: [...observations] });
    }
  }
  return drafts;
}

function unknownTexts(
  { observations }: NewEntity,
  head: Head | undefined,
  known: ReadonlySet<string>,
): string[] {
  return observations.filter((text) => head === undefined || !known.has(keyOf(head.entity, text)));
}

function knownOf(
  writing: Writing,
  records: readonly NewEntity[],
  heads: ReadonlyMap<string, Head>,
): Promise<Set<string>> {
  const items = records.map(({ name, observations }) => ({
    entityName: name,
    contents: observations,
  }));
  return knownTexts(writing, items, heads);
}

async function importRelations(
  writing: Writing,
  records: readonly NewRelation[],
  author: Author,
): Promise<number> {
  const known = new Set((await addFields(writing, records)).map(relationKey));
  const fresh = gathered(records.filter((one) => !known.has(relationKey(one))));
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
