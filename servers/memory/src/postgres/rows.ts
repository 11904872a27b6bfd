import { isCorrectable } from "../graph/near-words.ts";
import type { Extras } from "../graph/types.ts";
import { folded } from "../graph/words.ts";
import { together } from "./connections.ts";
import { gramsOf, indexed, wordsOf } from "./words.ts";
import type { Writing } from "./writing.ts";

/** A version of an entity's name and marks. */
export interface HeadRow {
  readonly entity: number;
  readonly name: string;
  readonly entityType: string;
  readonly tags: readonly string[];
  readonly importance: number;
  readonly extra?: Extras | undefined;
  readonly since: number;
}

/** A version of an observation. */
export interface ObservationRow {
  readonly id: number;
  readonly entity: number;
  readonly text: string;
  /** The change that brought it first. */
  readonly said: number;
  readonly since: number;
}

/** A version of a relation. */
export interface RelationRow {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly relationType: string;
  readonly extra?: Extras | undefined;
  readonly since: number;
}

/** Which change ended an entity. */
export interface EntityEnd {
  readonly entity: number;
  readonly until: number;
}

/** Writes versions of entities, in one statement. */
export async function insertHeads(writing: Writing, heads: readonly HeadRow[]): Promise<void> {
  if (heads.length === 0) return;
  const rows = heads.map((head) => ({
    ...head,
    extra: extraText(head.extra),
    folded: folded(head.name),
    titled: indexed(head.name),
    marked: indexed([head.entityType, ...head.tags].join(" ")),
  }));
  await writing.query(INSERT_HEADS, [writing.graph, JSON.stringify(rows)]);
  await learn(
    writing,
    heads.flatMap((head) => [head.name, head.entityType, ...head.tags]),
  );
}

/** Writes versions of observations, in one statement. What their entities mean has changed. */
export async function insertObservations(
  writing: Writing,
  observations: readonly ObservationRow[],
): Promise<void> {
  if (observations.length === 0) return;
  const rows = observations.map((row) => ({ ...row, words: indexed(row.text) }));
  await writing.query(INSERT_OBSERVATIONS, [writing.graph, JSON.stringify(rows)]);
  await learn(
    writing,
    observations.map((row) => row.text),
  );
}

/** Writes versions of relations, in one statement. */
export async function insertRelations(
  writing: Writing,
  relations: readonly RelationRow[],
): Promise<void> {
  if (relations.length === 0) return;
  const rows = relations.map((relation) => ({ ...relation, extra: extraText(relation.extra) }));
  await writing.query(INSERT_RELATIONS, [writing.graph, JSON.stringify(rows)]);
}

/** Ends versions of entities, with all of their observations. */
export async function endEntities(writing: Writing, ends: readonly EntityEnd[]): Promise<void> {
  if (ends.length === 0) return;
  const rows = JSON.stringify(ends);
  await together([
    writing.query(END_HEADS, [writing.graph, rows]),
    writing.query(END_OBSERVATIONS_OF, [writing.graph, rows]),
    forgetVectors(
      writing,
      ends.map(({ entity }) => entity),
    ),
  ]);
}

/** Ends versions of entities that others follow. */
export async function endHeads(writing: Writing, ends: readonly EntityEnd[]): Promise<void> {
  if (ends.length > 0) await writing.query(END_HEADS, [writing.graph, JSON.stringify(ends)]);
}

/** Ends relations. */
export async function endRelations(
  writing: Writing,
  ends: readonly { readonly id: number; readonly until: number; readonly lost: boolean }[],
): Promise<void> {
  if (ends.length > 0) await writing.query(END_RELATIONS, [writing.graph, JSON.stringify(ends)]);
}

/** Forgets what entities mean: their text has changed. */
export async function forgetVectors(writing: Writing, entities: readonly number[]): Promise<void> {
  if (entities.length > 0) await writing.query(FORGET_VECTORS, [writing.graph, entities]);
}

/** As text of its own: within other JSON, PostgreSQL would understand escapes for characters it cannot keep. */
function extraText(extra: Extras | undefined): string | undefined {
  return extra === undefined ? undefined : JSON.stringify(extra);
}

/** Remembers words: what others may begin or be misspelt. */
async function learn(writing: Writing, texts: readonly string[]): Promise<void> {
  const words = new Set(texts.flatMap(wordsOf));
  if (words.size === 0) return;
  const rows = [...words].map((word) => ({
    word,
    grams: isCorrectable(word) ? gramsOf(writing.graph, word) : [],
  }));
  await writing.query(LEARN, [writing.graph, JSON.stringify(rows)]);
}

const INSERT_HEADS = `
  INSERT INTO portico_memory.head
    (graph, entity, name, folded, entity_type, tags, importance, extra, since, terms)
  SELECT $1, entity, name, folded, "entityType", tags, importance, extra::json, since,
    setweight(portico_memory.terms($1, titled), 'A') || setweight(portico_memory.terms($1, marked), 'B')
  FROM json_to_recordset($2::json) AS row(
    entity bigint, name text, folded text, "entityType" text, tags text[], importance double precision,
    extra text, since bigint, titled text, marked text)`;

const INSERT_OBSERVATIONS = `
  INSERT INTO portico_memory.observation (graph, id, entity, text, said, since, terms)
  SELECT $1, id, entity, text, said, since, portico_memory.terms($1, words)
  FROM json_to_recordset($2::json) AS row(
    id bigint, entity bigint, text text, said bigint, since bigint, words text)`;

const INSERT_RELATIONS = `
  INSERT INTO portico_memory.relation (graph, id, from_name, to_name, relation_type, extra, since)
  SELECT $1, id, "from", "to", "relationType", extra::json, since
  FROM json_to_recordset($2::json) AS row(
    id bigint, "from" text, "to" text, "relationType" text, extra text, since bigint)`;

const END_HEADS = `
  UPDATE portico_memory.head h SET until = row.until
  FROM json_to_recordset($2::json) AS row(entity bigint, until bigint)
  WHERE h.graph = $1 AND h.entity = row.entity AND h.until IS NULL`;

const END_OBSERVATIONS_OF = `
  UPDATE portico_memory.observation o SET until = row.until
  FROM json_to_recordset($2::json) AS row(entity bigint, until bigint)
  WHERE o.graph = $1 AND o.entity = row.entity AND o.until IS NULL`;

const END_RELATIONS = `
  UPDATE portico_memory.relation r SET until = row.until, lost = row.lost
  FROM json_to_recordset($2::json) AS row(id bigint, until bigint, lost boolean)
  WHERE r.graph = $1 AND r.id = row.id AND r.until IS NULL`;

const FORGET_VECTORS = `
  DELETE FROM portico_memory.vector WHERE graph = $1 AND entity = ANY ($2::bigint[])`;

const LEARN = `
  INSERT INTO portico_memory.word (graph, word, grams)
  SELECT $1, word, grams FROM json_to_recordset($2::json) AS row(word text, grams text[])
  ON CONFLICT DO NOTHING`;
