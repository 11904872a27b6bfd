import { quoteIdentifier } from "../catalogue/quote.ts";
import type { Session } from "../database/database.ts";
import { type Fields, parse } from "../guard/parser.ts";
import { relation } from "../guard/uses.ts";

/** Tables that are named to somebody who decides; the largest first. */
const MOST_NAMED = 10;

/** A table whose rows refer to rows that are deleted, directly or through others. */
export interface Cascaded {
  readonly table: string;
  /** Whether its rows are deleted as well; otherwise they only lose what refers. */
  readonly isDeleted: boolean;
  /** Rows it holds, by PostgreSQL's statistics. */
  readonly rows: number;
}

/** What a DELETE takes along or changes by the actions of foreign keys; nothing for other statements. */
export async function cascadedBy(session: Session, sql: string): Promise<readonly Cascaded[]> {
  const [statement] = await parse(sql);
  if (statement?.type !== "DeleteStmt") return [];
  const { schema, name } = relation(statement.fields.relation as Fields);
  const parts = schema === undefined ? [name] : [schema, name];
  const quoted = parts.map(quoteIdentifier).join(".");
  const { rows } = await session.query(CASCADED, [quoted, MOST_NAMED]);
  return rows.map(([table, action, held]) => ({
    table: table ?? "",
    isDeleted: action === "c",
    rows: Number(held ?? 0),
  }));
}

// A partition's foreign key is that of its table once more.
const CASCADED = `
WITH RECURSIVE touched AS (
  SELECT pg_catalog.to_regclass($1)::oid AS oid, 'c' AS action
  UNION
  SELECT k.conrelid, k.confdeltype::text FROM touched t
  JOIN pg_catalog.pg_constraint k ON k.confrelid = t.oid AND t.action = 'c'
  WHERE k.contype = 'f' AND k.conparentid = 0 AND k.confdeltype IN ('c', 'n', 'd')
)
SELECT c.oid::pg_catalog.regclass::text, min(t.action), greatest(c.reltuples, 0)::bigint
FROM touched t JOIN pg_catalog.pg_class c ON c.oid = t.oid
WHERE t.oid <> pg_catalog.to_regclass($1)::oid
GROUP BY c.oid, c.reltuples
ORDER BY c.reltuples DESC, c.oid LIMIT $2::int`;
