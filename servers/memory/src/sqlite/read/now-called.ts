import type { ChangeRecord, Named } from "../../graph/types.ts";
import { ACTIONS } from "../actions.ts";
import type { Connection } from "../connection.ts";

/** What the entities are now that had `names` last, by these. */
export function nowCalled(
  connection: Connection,
  graph: number,
  names: readonly string[],
): Map<string, Named> {
  const now = names.flatMap((name) => {
    const last = connection.get<{ id: number }>(LAST_NAMED, { graph, name });
    const heir = last && heirOf(connection, last.id);
    return heir === undefined ? [] : [[name, heir] as const];
  });
  return new Map(now);
}

/** The entity, or the one it was merged into. */
function heirOf(connection: Connection, id: number): Named | undefined {
  const now = connection.get<Named>(NOW, { id });
  if (now !== undefined) return now;
  const end = connection.get<{ action: number; entity: number }>(LAST_END, { id });
  return end?.action === MERGE ? heirOf(connection, end.entity) : undefined;
}

const number = (action: ChangeRecord["action"]) => ACTIONS.indexOf(action);

const MERGE = number("merge-entity");

const LAST_NAMED = `
  SELECT id FROM (
    SELECT id, since FROM entity WHERE graph = :graph AND name = :name AND type IS NOT NULL
    UNION ALL
    SELECT id, since FROM entity_past WHERE graph = :graph AND name = :name AND type IS NOT NULL)
  ORDER BY since DESC LIMIT 1`;

const NOW = "SELECT name, type AS entityType FROM entity WHERE id = :id AND type IS NOT NULL";

const LAST_END = `
  SELECT action, entity FROM (
    SELECT id, action, entity FROM change
    WHERE entity = :id AND action = ${number("delete-entity")}
    UNION ALL
    SELECT id, action, entity FROM change WHERE other = :id AND action = ${MERGE})
  ORDER BY id DESC LIMIT 1`;
