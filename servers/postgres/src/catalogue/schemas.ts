import type { Catalogue } from "./catalogue.ts";

/** A schema, under the names Postgres MCP Pro uses. */
export interface SchemaFacts {
  readonly schema_name: string;
  readonly schema_owner: string;
  readonly schema_type: "User Schema" | "System Schema" | "System Information Schema";
  /** How many tables, views and the like are in it. */
  readonly relations: number;
  /** Whether the current user may look into it. */
  readonly usage: boolean;
  readonly comment?: string;
}

const SCHEMAS = `
SELECT json_strip_nulls(json_build_object(
  'schema_name', n.nspname,
  'schema_owner', pg_get_userbyid(n.nspowner),
  'schema_type', s.type,
  'relations', (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')),
  'usage', has_schema_privilege(n.oid, 'USAGE'),
  'comment', obj_description(n.oid, 'pg_namespace')))
FROM pg_namespace n, LATERAL (SELECT CASE
  WHEN n.nspname = 'information_schema' THEN 'System Information Schema'
  WHEN n.nspname LIKE 'pg\\_%' THEN 'System Schema' ELSE 'User Schema' END AS type) s
WHERE n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
  AND ($1::text IS NULL OR (s.type <> 'User Schema', n.nspname::text COLLATE "C") > ($2::bool, $1::text))
ORDER BY s.type <> 'User Schema', n.nspname::text COLLATE "C"
LIMIT $3::int8`;

/**
 * The schemas of a database: the users' first, then PostgreSQL's own, each by name.
 * @param after the last schema of the page before
 */
export async function listSchemas(
  catalogue: Catalogue,
  limit: number,
  after?: Pick<SchemaFacts, "schema_name" | "schema_type">,
): Promise<{ schemas: readonly SchemaFacts[]; more: boolean }> {
  const rows = await catalogue.json<SchemaFacts>(SCHEMAS, [
    after?.schema_name ?? null,
    after ? after.schema_type !== "User Schema" : null,
    limit + 1,
  ]);
  return { schemas: rows.slice(0, limit), more: rows.length > limit };
}
