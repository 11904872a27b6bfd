import { USUAL_IMPORTANCE } from "../../graph/combine.ts";
import type { EntityDetails, Fact } from "../../graph/types.ts";
import { boundAt, entitiesAt, observationsAt } from "../as-of.ts";
import type { Connection } from "../connection.ts";
import { extrasOf } from "../extras.ts";
import { type AuthorColumns, authorOf } from "./authors.ts";

interface Row extends AuthorColumns {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly tags: string | null;
  readonly importance: number | null;
  readonly extra: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

interface FactRow extends AuthorColumns {
  readonly entity: number;
  readonly text: string;
  readonly at: number;
}

const WANTED = "(SELECT value FROM json_each(:ids))";

/** All that is, or was after change `at`, known of entities, in the order of `ids`. */
export function detailsOf(
  connection: Connection,
  ids: readonly number[],
  at: number | undefined,
): Map<number, EntityDetails> {
  if (ids.length === 0) return new Map();
  const values = { ids: JSON.stringify(ids), ...boundAt(at) };
  const facts = factsOf(connection, values, at);
  const rows = connection.all<Row>(
    `SELECT e.id, e.name, e.type, e.tags, e.importance, e.extra, c.at AS createdAt,
       a.who, a.client, ${lastTouched(at)} AS updatedAt
     FROM ${entitiesAt(at, `id IN ${WANTED}`)} AS e
     JOIN change AS c ON c.id = e.created JOIN author AS a ON a.id = c.author
     WHERE e.type IS NOT NULL`,
    values,
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const details = new Map<number, EntityDetails>();
  for (const id of ids) {
    const row = found.get(id);
    if (row !== undefined) details.set(id, detailsOfRow(row, facts.get(id) ?? []));
  }
  return details;
}

function detailsOfRow(row: Row, facts: readonly Fact[]): EntityDetails {
  const details = {
    name: row.name,
    entityType: row.type,
    facts,
    tags: row.tags === null ? [] : (JSON.parse(row.tags) as string[]),
    importance: row.importance ?? USUAL_IMPORTANCE,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    author: authorOf(row),
  };
  const extra = extrasOf(row.extra);
  return extra === undefined ? details : { ...details, extra };
}

function factsOf(
  connection: Connection,
  values: { readonly ids: string },
  at: number | undefined,
): Map<number, Fact[]> {
  const rows = connection.all<FactRow>(
    `SELECT o.entity, o.text, c.at, a.who, a.client
     FROM ${observationsAt(at, `entity IN ${WANTED}`)} AS o
     JOIN change AS c ON c.id = o.origin JOIN author AS a ON a.id = c.author
     ORDER BY o.id`,
    values,
  );
  const facts = new Map<number, Fact[]>();
  for (const row of rows) {
    const fact = { text: row.text, at: row.at, author: authorOf(row) };
    const known = facts.get(row.entity);
    if (known === undefined) facts.set(row.entity, [fact]);
    else known.push(fact);
  }
  return facts;
}

/** When anything last happened to the entity `e`, its relations included. */
function lastTouched(at: number | undefined): string {
  const until = at === undefined ? "" : " AND id <= :at";
  const last = (column: string) =>
    `ifnull((SELECT max(id) FROM change WHERE ${column} = e.id${until}), 0)`;
  return `(SELECT at FROM change WHERE id = max(${last("entity")}, ${last("other")}))`;
}
