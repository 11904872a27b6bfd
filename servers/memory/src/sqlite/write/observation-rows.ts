import type { Write } from "./batch.ts";

/** A fact as it is stored. */
export interface ObservationRow {
  readonly id: number;
  readonly text: string;
  readonly origin: number;
}

/** The fact of an entity with this text. */
export function findObservation(
  write: Write,
  entity: number,
  text: string,
): ObservationRow | undefined {
  return write.connection.get<ObservationRow>(
    `SELECT id, text, origin FROM observation
     WHERE entity = :entity AND substr(text, 1, 32) = substr(:text, 1, 32) AND text = :text
       AND until IS NULL`,
    { entity, text },
  );
}

/** All facts of an entity, in the order they were added. */
export function observationsOf(write: Write, entity: number): ObservationRow[] {
  return write.connection.all<ObservationRow>(
    "SELECT id, text, origin FROM observation WHERE entity = :entity AND until IS NULL ORDER BY id",
    { entity },
  );
}

/** Adds a fact an entity does not have, as a change of its own. */
export function observe(write: Write, entity: number, text: string): void {
  const since = write.nextChange;
  const id = addObservation(write, { entity, text, origin: since, since });
  write.record("add-observation", entity, { subject: id });
}

/** Adds a fact an entity does not have, as part of the change `since`; `origin` is where it was first said. */
export function addObservation(
  write: Write,
  fact: {
    readonly entity: number;
    readonly text: string;
    readonly origin: number;
    readonly since: number;
  },
): number {
  write.batch.touch(fact.entity);
  return write.connection.run(
    `INSERT INTO observation (entity, text, origin, since)
     VALUES (:entity, :text, :origin, :since)`,
    fact,
  ).id;
}

/** Ends a fact, as a change of its own. */
export function endObservation(write: Write, entity: number, id: number): void {
  const until = write.record("delete-observation", entity, { subject: id });
  write.connection.run("UPDATE observation SET until = :until WHERE id = :id", { id, until });
  write.batch.touch(entity);
}
