import { spaced, vocabulary } from "../../graph/words.ts";
import { ACTIONS } from "../actions.ts";
import { lastChange } from "../as-of.ts";
import type { Connection } from "../connection.ts";
import { graphOf } from "../graph-ids.ts";
import { learnWords } from "./vocabulary.ts";

/** Words learned of one entity at a time; a longer text is searched all the same, but its rarer words not corrected. */
const LEARNED = 1000;

/** A transaction of more changes is indexed in it. */
const FEW = 64;

interface Text {
  readonly name: string;
  readonly type: string;
  readonly tags: string;
  readonly facts: string;
}

/** Changes that may wait to be indexed. A search has them indexed first, and they must not keep it waiting. */
const MOST_WAITING = 1000;

const MERGE = ACTIONS.indexOf("merge-entity");

/**
 * Has the search index learn the changes of a transaction. A few are left to be learned with others: FTS5 writes a piece
 * of its index for each transaction, which costs more than all the rest of a small write.
 * @param after the last change before them
 * @param last the last of them
 */
export function indexLater(connection: Connection, after: number, last: number): void {
  const isFew = last - after <= FEW && last - indexedThrough(connection) <= MOST_WAITING;
  if (!isFew) indexWaiting(connection);
}

/** Whether the search index has changes to learn. */
export function isWaiting(connection: Connection): boolean {
  return indexedThrough(connection) < lastChange(connection);
}

/** Has the search index learn all changes it does not know. */
export function indexWaiting(connection: Connection): void {
  // Another entity is named by merges, and by changes of relations, which are not searched.
  const rows = connection.all<{ entity: number }>(
    `SELECT entity FROM change WHERE id > :through AND (other IS NULL OR action = ${MERGE})
     UNION SELECT other FROM change WHERE id > :through AND action = ${MERGE}`,
    { through: indexedThrough(connection) },
  );
  indexEntities(connection, new Set(rows.map(({ entity }) => entity)));
  markIndexed(connection);
}

/** Says that the search index knows all there is. */
export function markIndexed(connection: Connection): void {
  connection.run("UPDATE indexed SET through = :last", { last: lastChange(connection) });
}

function indexedThrough(connection: Connection): number {
  return connection.get<{ through: number }>("SELECT through FROM indexed")?.through ?? 0;
}

/** Brings the search index to what these entities are now. */
export function indexEntities(connection: Connection, entities: ReadonlySet<number>): void {
  for (const id of [...entities].sort((one, other) => one - other)) {
    const text = textOf(connection, id);
    if (text === undefined) {
      connection.run("DELETE FROM search WHERE rowid = CAST(:id AS INTEGER)", { id });
      continue;
    }
    connection.run(
      `INSERT OR REPLACE INTO search (rowid, name, type, tags, facts)
       VALUES (CAST(:id AS INTEGER), :name, :type, :tags, :facts)`,
      { id, ...text },
    );
    const words = vocabulary(`${text.name}\n${text.type}\n${text.tags}\n${text.facts}`, LEARNED);
    learnWords(connection, graphOf(id), words);
  }
}

/** What is searched of an entity; nothing for one that is gone or only a name. */
function textOf(connection: Connection, id: number): Text | undefined {
  const entity = connection.get<{ name: string; type: string | null; tags: string | null }>(
    "SELECT name, type, tags FROM entity WHERE id = :id",
    { id },
  );
  if (entity === undefined || entity.type === null) return undefined;
  const facts = connection.all<{ text: string }>(
    "SELECT text FROM observation WHERE entity = :id AND until IS NULL ORDER BY id",
    { id },
  );
  const tags = entity.tags === null ? [] : (JSON.parse(entity.tags) as string[]);
  return {
    name: spaced(entity.name),
    type: spaced(entity.type),
    tags: spaced(tags.join("\n")),
    facts: spaced(facts.map(({ text }) => text).join("\n")),
  };
}
