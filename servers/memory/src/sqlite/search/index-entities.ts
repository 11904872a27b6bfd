import { spaced, vocabulary } from "../../graph/words.ts";
import type { Connection } from "../connection.ts";
import { graphOf } from "../graph-ids.ts";
import { learnWords } from "./vocabulary.ts";

/** Words learned of one entity at a time; a longer text is searched all the same, but its rarer words not corrected. */
const LEARNED = 1000;

/** So many entities of one transaction are indexed in it. */
const FEW = 32;

interface Text {
  readonly name: string;
  readonly type: string;
  readonly tags: string;
  readonly facts: string;
}

/** Entities that may wait to be indexed. A search has them indexed first, and they must not keep it waiting. */
const MOST_WAITING = 500;

/**
 * Brings the search index to what these entities are now; vectors of what they were are dropped. A few are only noted,
 * to be indexed with others: FTS5 writes a piece of its index for each transaction, which costs more than all the rest
 * of a small write.
 */
export function indexLater(connection: Connection, entities: ReadonlySet<number>): void {
  const { waiting } = connection.get<{ waiting: number }>(
    "SELECT count(*) AS waiting FROM unindexed",
  ) ?? { waiting: 0 };
  for (const id of entities) connection.run("DELETE FROM vector WHERE entity = :id", { id });
  if (entities.size > FEW) return indexEntities(connection, entities);
  for (const id of entities) {
    connection.run("INSERT OR IGNORE INTO unindexed (entity) VALUES (:id)", { id });
  }
  if (waiting + entities.size > MOST_WAITING) indexWaiting(connection);
}

/** Whether anything waits to be indexed. */
export function isWaiting(connection: Connection): boolean {
  return connection.get("SELECT entity FROM unindexed LIMIT 1") !== undefined;
}

/** Indexes what waits. */
export function indexWaiting(connection: Connection): void {
  const rows = connection.all<{ entity: number }>("SELECT entity FROM unindexed");
  indexEntities(connection, new Set(rows.map(({ entity }) => entity)));
}

/** Brings the search index to what these entities are now. */
export function indexEntities(connection: Connection, entities: ReadonlySet<number>): void {
  for (const id of [...entities].sort((one, other) => one - other)) {
    connection.run("DELETE FROM unindexed WHERE entity = :id", { id });
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
