import { linesIn, withFields } from "../../graph/lines.ts";
import { extrasColumn, extrasOf } from "../extras.ts";
import type { Write } from "./batch.ts";

/** A relation as it is stored. */
export interface RelationRow {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly type: string;
  readonly extra: string | null;
}

/** A relation to store. */
export interface NewRelationRow {
  readonly source: number;
  readonly target: number;
  readonly type: string;
  readonly extra: string | null;
}

/** The relation of two entities, if there is one of this type. */
export function findRelation(
  write: Write,
  { source, target, type }: Omit<NewRelationRow, "extra">,
): RelationRow | undefined {
  return write.connection.get<RelationRow>(
    `SELECT id, source, target, type, extra FROM relation
     WHERE source = :source AND target = :target AND type = :type AND until IS NULL`,
    { source, target, type },
  );
}

/** Relations that begin or end at an entity, in the order they were created. */
export function relationsAt(write: Write, entity: number): RelationRow[] {
  return write.connection.all<RelationRow>(
    `SELECT id, source, target, type, extra FROM relation WHERE source = :entity AND until IS NULL
     UNION
     SELECT id, source, target, type, extra FROM relation WHERE target = :entity AND until IS NULL
     ORDER BY id`,
    { entity },
  );
}

/** Relates two entities unless they are; a relation gets the fields it lacks. @returns whether they were not */
export function tie(
  write: Write,
  relation: NewRelationRow,
  action: "create-relation" | "import" = "create-relation",
): boolean {
  const { source, target, type, extra } = relation;
  const known = findRelation(write, relation);
  if (known !== undefined) {
    addFields(write, known, extra);
    return false;
  }
  const { id } = write.connection.run(
    `INSERT INTO relation (graph, source, target, type, extra, since)
     VALUES (:graph, :source, :target, :type, :extra, :since)`,
    { graph: write.graph, source, target, type, extra, since: write.nextChange },
  );
  write.record(action, source, { other: target, subject: id });
  return true;
}

/** Adds fields, and lines that contradict: they are exported, and no change to what the graph says. */
function addFields(write: Write, { id, extra }: RelationRow, added: string | null): void {
  if (added === null) return;
  const after = linesIn(extrasOf(added)).reduce(withFields, extrasOf(extra));
  const column = extrasColumn(after);
  if (column === extra) return;
  write.connection.run("UPDATE relation SET extra = :column WHERE id = :id", { id, column });
}

/** Ends a relation; `withEntity` when it would come back with the entity it ended with. */
export function endRelation(write: Write, relation: RelationRow, withEntity: boolean): void {
  const until = write.record("delete-relation", relation.source, {
    other: relation.target,
    subject: relation.id,
  });
  write.connection.run("UPDATE relation SET until = :until, lost = :lost WHERE id = :id", {
    id: relation.id,
    until,
    lost: withEntity ? 1 : null,
  });
}

/** Ties anew the relations an entity lost when it or their other end was deleted, where both ends exist again. */
export function regainRelations(write: Write, entity: number): void {
  const lost = write.connection.all<RelationRow>(
    `SELECT id, source, target, type, extra FROM relation
     WHERE source = :entity AND until IS NOT NULL AND lost IS NOT NULL
     UNION
     SELECT id, source, target, type, extra FROM relation
     WHERE target = :entity AND until IS NOT NULL AND lost IS NOT NULL
     ORDER BY id`,
    { entity },
  );
  for (const relation of lost) {
    if (!exists(write, relation.source) || !exists(write, relation.target)) continue;
    write.connection.run("UPDATE relation SET lost = NULL WHERE id = :id", { id: relation.id });
    tie(write, relation);
  }
}

function exists(write: Write, id: number): boolean {
  return write.connection.get("SELECT 1 FROM entity WHERE id = :id", { id }) !== undefined;
}
