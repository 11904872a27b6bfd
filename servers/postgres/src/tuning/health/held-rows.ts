import type { Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { count } from "../units.ts";

/** So many transactions long a snapshot may be needed before the rows it keeps are worth a word. */
const MANY_TRANSACTIONS = 1_000_000;

interface Holder {
  readonly holder: string;
  readonly age: number;
  readonly sql: string;
}

/** Everything that may still want to see rows that were deleted since. */
const HOLDERS = `
  SELECT * FROM (
    SELECT 'session ' || pid AS holder, age(backend_xmin) AS age, format('SELECT pg_terminate_backend(%s);', pid) AS sql
    FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    UNION ALL
    SELECT 'replication slot ' || slot_name, greatest(age(xmin), age(catalog_xmin)), format('SELECT pg_drop_replication_slot(%L);', slot_name)
    FROM pg_replication_slots WHERE coalesce(xmin, catalog_xmin) IS NOT NULL
    UNION ALL
    SELECT 'prepared transaction ' || gid, age(transaction), format('ROLLBACK PREPARED %L;', gid) FROM pg_prepared_xacts
    UNION ALL
    SELECT 'standby ' || application_name, age(backend_xmin), NULL
    FROM pg_stat_replication WHERE backend_xmin IS NOT NULL
  ) holders WHERE age >= $1 ORDER BY age DESC LIMIT 10`;

/** Looks for whatever keeps VACUUM from removing dead rows. */
export async function heldRows(
  on: Inspection,
  transactions: number = MANY_TRANSACTIONS,
): Promise<Finding[]> {
  return (await on.rows<Holder>(HOLDERS, [transactions])).map(
    ({ holder, age, sql }): Finding => ({
      severity: "warning",
      object: holder,
      problem: `VACUUM cannot remove rows that were deleted in the last ${count(age)} transactions, because this may still need them.`,
      advice:
        sql === null
          ? "Find the long query on the standby (hot_standby_feedback passes its needs on)."
          : "End it, if nobody needs it any more.",
      sql: sql ?? undefined,
    }),
  );
}
