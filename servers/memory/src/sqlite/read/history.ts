import { relationDetail } from "../../graph/combine.ts";
import { cursorNumber, pageOf } from "../../graph/cursor.ts";
import type { ChangeRecord, PageOf, Paging } from "../../graph/types.ts";
import { ACTIONS } from "../actions.ts";
import type { Connection } from "../connection.ts";
import { type AuthorColumns, authorOf } from "./authors.ts";

interface Row extends AuthorColumns {
  readonly id: number;
  readonly at: number;
  readonly action: number;
  readonly entity: string;
  readonly other: string | null;
  readonly detail: string | null;
  /** Of the observation it is about. */
  readonly text: string | null;
  /** Of the relation it is about. */
  readonly relationType: string | null;
}

/** What happened, last first: to a graph, or to the entities that have or had a name. */
export function history(
  connection: Connection,
  graph: number,
  { limit, after, entity }: Paging & { readonly entity?: string | undefined },
): PageOf<ChangeRecord> {
  const changes =
    entity === undefined
      ? "SELECT id FROM change WHERE graph = :graph AND id < :before"
      : `SELECT id FROM change WHERE entity IN (${BEARERS}) AND id < :before
         UNION SELECT id FROM change WHERE other IN (${BEARERS}) AND id < :before`;
  const rows = connection.all<Row>(
    `SELECT c.id, c.at, c.action, c.detail, a.who, a.client,
       ${nameAt("c.entity")} AS entity, ${nameAt("c.other")} AS other,
       iif(r.id IS NULL, o.text, NULL) AS text, r.type AS relationType
     FROM (${changes} ORDER BY id DESC LIMIT :limit) AS l
     JOIN change AS c ON c.id = l.id JOIN author AS a ON a.id = c.author
     LEFT JOIN relation AS r ON c.other IS NOT NULL AND r.id = c.subject
     LEFT JOIN observation AS o ON c.other IS NULL AND o.id = c.subject
     ORDER BY c.id DESC`,
    {
      before: cursorNumber(after, Number.MAX_SAFE_INTEGER),
      limit: limit + 1,
      graph,
      ...(entity === undefined ? {} : { name: entity }),
    },
  );
  return pageOf(rows, limit, recordOf, ({ id }) => id);
}

/** Entities that have, or once had, a name. */
const BEARERS = `SELECT id FROM entity WHERE graph = :graph AND name = :name
  UNION SELECT id FROM entity_past WHERE graph = :graph AND name = :name`;

/** The name an entity had when change `c` happened to it; where it was renamed by it, the one before. */
function nameAt(id: string): string {
  return `coalesce(
    (SELECT p.name FROM entity_past AS p
     WHERE p.id = ${id} AND p.since <= c.id AND p.until >= c.id ORDER BY p.since LIMIT 1),
    (SELECT e.name FROM entity AS e WHERE e.id = ${id}),
    (SELECT p.name FROM entity_past AS p WHERE p.id = ${id} ORDER BY p.until DESC LIMIT 1))`;
}

function recordOf(row: Row): ChangeRecord {
  return {
    id: row.id,
    at: row.at,
    author: authorOf(row),
    action: ACTIONS[row.action] as ChangeRecord["action"],
    entity: row.entity,
    detail: detailOf(row),
  };
}

function detailOf({ detail, text, relationType, other }: Row): string {
  if (relationType !== null) return relationDetail({ to: other ?? "", relationType });
  return text ?? detail ?? "";
}
