import { GraphError } from "../../graph/error.ts";
import { spaced } from "../../graph/words.ts";
import { ACTIONS } from "../actions.ts";
import { entitiesAt, observationsAt } from "../as-of.ts";
import type { Connection } from "../connection.ts";
import type { Filters } from "./rank.ts";
import type { Document } from "./scratch.ts";

const MERGE = ACTIONS.indexOf("merge-entity");
/** Entities that may have changed since a time that is searched: their texts are indexed anew for each search. */
const MOST_CHANGED = 20_000;

/**
 * Entities of that time that are not now as they were then.
 * @throws {GraphError} `too-large` when they are too many to look into
 */
export function changedSince(connection: Connection, graph: number, at: number): Set<number> {
  // Changes with another entity are those of relations, which are not searched, and merges, which are.
  const ofTexts = `graph = :graph AND id > :at AND (other IS NULL OR action = ${MERGE})`;
  const changed = `id IN (
    SELECT entity FROM change WHERE ${ofTexts}
    UNION SELECT other FROM change WHERE ${ofTexts} AND other IS NOT NULL)`;
  const rows = connection.all<{ id: number }>(
    `SELECT id FROM ${entitiesAt(at, changed)} LIMIT ${MOST_CHANGED + 1}`,
    { graph, at },
  );
  if (rows.length > MOST_CHANGED) {
    throw new GraphError(
      "too-large",
      "Too much has changed since that time to search it; choose a later one, or list the graph of that time instead.",
    );
  }
  return new Set(rows.map(({ id }) => id));
}

/** What these entities were, for a search. */
export function* documentsAt(
  connection: Connection,
  ids: ReadonlySet<number>,
  at: number,
  filters: Filters,
): Iterable<Document> {
  for (const id of ids) {
    const entity = connection.get<{ name: string; type: string; tags: string | null }>(
      `SELECT name, type, tags FROM ${entitiesAt(at)} AS e
       WHERE id = :id AND type IS NOT NULL${filters.sql}`,
      { id, at, ...filters.values },
    );
    if (entity === undefined) continue;
    const facts = connection.all<{ text: string }>(
      `SELECT text FROM ${observationsAt(at)} WHERE entity = :id`,
      { id, at },
    );
    const tags = entity.tags === null ? [] : (JSON.parse(entity.tags) as string[]);
    yield {
      id,
      name: spaced(entity.name),
      type: spaced(entity.type),
      tags: spaced(tags.join("\n")),
      facts: spaced(facts.map(({ text }) => text).join("\n")),
    };
  }
}
