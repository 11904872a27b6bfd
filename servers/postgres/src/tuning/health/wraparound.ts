import { type Finding, severityOf } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { count, percent } from "../units.ts";

/** Transaction ids are compared over half a circle of 32 bits: PostgreSQL stops writing before this many are in use. */
const HALF_CIRCLE = 2 ** 31;

/** Where even a late autovacuum has hurried for long (`vacuum_failsafe_age` is 1.6 thousand million). */
const DANGEROUS = 0.75 * HALF_CIRCLE;

interface Age {
  readonly database: string;
  readonly transactions: number;
  readonly multixacts: number;
  readonly freezeAt: number;
  readonly freezeMultixactsAt: number;
}

const AGES = `
  SELECT datname AS database, age(datfrozenxid) AS transactions, mxid_age(datminmxid) AS multixacts,
         current_setting('autovacuum_freeze_max_age')::int8 AS "freezeAt",
         current_setting('autovacuum_multixact_freeze_max_age')::int8 AS "freezeMultixactsAt"
  FROM pg_database ORDER BY age(datfrozenxid) DESC LIMIT 50`;

const OLDEST_TABLE = `
  SELECT oid::regclass::text AS table, age(relfrozenxid) AS age FROM pg_class
  WHERE relkind IN ('r', 'm', 't') AND relpersistence <> 't' ORDER BY 2 DESC, 1 LIMIT 1`;

/** How far the oldest ids are from where PostgreSQL refuses to write; findings where autovacuum has not kept up. */
export async function wraparound(
  on: Inspection,
): Promise<{ readonly findings: Finding[]; readonly summary: string }> {
  const ages = await on.rows<Age>(AGES);
  const oldest = Math.max(
    ...ages.map(({ transactions, multixacts }) => Math.max(transactions, multixacts)),
  );
  const findings = ages.flatMap((age) => [
    ...judge(age.database, "transaction ids", age.transactions, age.freezeAt),
    ...judge(age.database, "multixact ids", age.multixacts, age.freezeMultixactsAt),
  ]);
  const [table] =
    findings.length > 0 ? await on.rows<{ table: string; age: number }>(OLDEST_TABLE) : [];
  return {
    summary: `oldest ids at ${percent(oldest / HALF_CIRCLE)} of the way to wraparound`,
    findings: findings.map((finding) =>
      table !== undefined && finding.object === `database ${on.database}`
        ? {
            ...finding,
            sql: `VACUUM (FREEZE, VERBOSE) ${table.table}; -- the oldest table, ${count(table.age)} old`,
          }
        : finding,
    ),
  };
}

function judge(database: string, ids: string, age: number, freezeAt: number): Finding[] {
  // Autovacuum begins by itself at `freezeAt`; that some tables are older for a while is normal.
  const overdue = Math.min(1.5 * freezeAt, 0.65 * HALF_CIRCLE);
  const severity = severityOf(age, { critical: DANGEROUS, warning: overdue });
  if (severity === undefined) return [];
  return [
    {
      severity,
      object: `database ${database}`,
      problem: `Its oldest ${ids} are ${count(age)} old (${percent(age / HALF_CIRCLE)} of the way to where PostgreSQL stops writing), and autovacuum should have frozen them at ${count(freezeAt)}.`,
      advice:
        "Find what holds autovacuum up (long transactions, prepared ones, replication slots, locks, errors in the log), then vacuum the oldest tables.",
    },
  ];
}
