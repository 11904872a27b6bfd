import type { Session } from "../database/database.ts";

const FINGERPRINT = `
SELECT pg_catalog.concat_ws(' ',
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', c.oid, c.relnamespace, c.relkind, c.relname, c.relacl), 0))
    FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'),
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', p.oid, p.pronamespace, p.proname, p.proargtypes, p.proacl), 0))
    FROM pg_catalog.pg_proc p),
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', n.oid, n.nspname, n.nspacl), 0))
    FROM pg_catalog.pg_namespace n WHERE n.nspname NOT LIKE 'pg\\_temp%' AND n.nspname NOT LIKE 'pg\\_toast%'))`;

/** Changes whenever relations, routines or schemas come, go, are renamed or granted. Cheap: no sort, nothing sent but a number each. */
export async function schemaFingerprint(session: Session): Promise<string> {
  const { rows } = await session.query(FINGERPRINT);
  return rows[0]?.[0] ?? "";
}
