import { withLine } from "../../graph/lines.ts";
import type { GraphRecord, Imported, NewEntity, NewRelation } from "../../graph/types.ts";
import { extrasColumn } from "../extras.ts";
import type { EntityRow, Write } from "./batch.ts";
import { addEntity, addPlace, mark, markedOf } from "./entity-rows.ts";
import { addObservation, findObservation } from "./observation-rows.ts";
import { tie } from "./relation-rows.ts";

/** Counts of an import, as they grow. */
export type Counts = { -readonly [K in keyof Imported]: Imported[K] };

/** Adds one portion of records; nothing that is there is changed. @returns `before` with what it added */
export function importPortion(
  write: Write,
  records: readonly GraphRecord[],
  before: Readonly<Counts>,
): Counts {
  const counts = { ...before };
  for (const record of records) {
    if (record.kind === "entity") importEntity(write, record, counts);
    else if (record.kind === "relation") importRelation(write, record, counts);
    else importForeign(write, record.line, counts);
  }
  return counts;
}

function importEntity(write: Write, entity: NewEntity, counts: Counts): void {
  const known = write.named(entity.name);
  const since = write.nextChange;
  const isNew = known === undefined || known.type === null;
  const id = isNew ? addEntity(write, entity, known, since) : known.id;
  const added = entity.observations.filter(
    (text) => isNew || findObservation(write, id, text) === undefined,
  );
  for (const text of added) addObservation(write, { entity: id, text, origin: since, since });
  const isMarked = !isNew && markByLine(write, known, entity);
  if (isNew || isMarked || added.length > 0) {
    const detail = `${added.length} ${added.length === 1 ? "observation" : "observations"}`;
    write.record("import", id, { detail });
  }
  counts.observations += added.length;
  counts[isNew ? "entities" : "known"] += 1;
}

/** @returns whether the line says anything of the entity that is not known */
function markByLine(write: Write, known: EntityRow, line: NewEntity): boolean {
  const before = markedOf(known);
  const after = withLine(before, line);
  if (after !== before) mark(write, known, after, write.nextChange);
  return after !== before;
}

function importRelation(write: Write, relation: NewRelation, counts: Counts): void {
  const { from, to, relationType, extra } = relation;
  const source = end(write, from);
  const target = end(write, to);
  const isNew = tie(
    write,
    { source, target, type: relationType, extra: extrasColumn(extra) },
    "import",
  );
  counts[isNew ? "relations" : "known"] += 1;
}

function end(write: Write, name: string): number {
  return write.named(name)?.id ?? addPlace(write, name, write.nextChange);
}

function importForeign(write: Write, line: string, counts: Counts): void {
  const { graph } = write;
  const known = write.connection.get(
    `SELECT 1 FROM foreign_record
     WHERE graph = :graph AND substr(line, 1, 64) = substr(:line, 1, 64) AND line = :line`,
    { graph, line },
  );
  if (known === undefined) {
    write.connection.run(
      "INSERT INTO foreign_record (graph, line, since) VALUES (:graph, :line, :since)",
      // It is no change to an entity; it came with what was written last.
      { graph, line, since: write.batch.lastChange },
    );
  }
  counts[known === undefined ? "foreign" : "known"] += 1;
}
