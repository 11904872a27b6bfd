import type { Inspection } from "../inspection.ts";

/** Where the statistics of statements are, and which of their columns this version has. */
export interface StatementView {
  /** The view's name, as SQL needs it. */
  readonly name: string;
  readonly columns: ReadonlySet<string>;
}

const INSTALL =
  "CREATE EXTENSION pg_stat_statements; needs shared_preload_libraries = 'pg_stat_statements' and a restart before";

/** Statistics that cannot be had: one sentence that says why, and what to do about it. */
export class NoStatistics extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NoStatistics";
  }
}

/**
 * Finds `pg_stat_statements` in this database.
 * @throws {NoStatistics} when it is not installed, not loaded, or not for this role
 */
export async function findStatements(inspection: Inspection): Promise<StatementView> {
  const [found] = await inspection.rows<{ name: string; columns: string[]; readable: boolean }>(`
    SELECT v.oid::regclass::text AS name, has_table_privilege(v.oid, 'SELECT') AS readable,
           (SELECT array_agg(a.attname) FROM pg_attribute a
            WHERE a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_extension e
    JOIN pg_class v ON v.relnamespace = e.extnamespace AND v.relname = 'pg_stat_statements'
    WHERE e.extname = 'pg_stat_statements'`);
  if (found === undefined) {
    throw new NoStatistics(
      `The extension pg_stat_statements, which counts what statements cost, is not installed in this database; ask its administrator for it (${INSTALL}).`,
    );
  }
  if (!found.readable) {
    throw new NoStatistics(
      `The role ${inspection.role} may not read ${found.name}; ask for GRANT SELECT ON ${found.name} TO ${inspection.role}.`,
    );
  }
  return { name: found.name, columns: new Set(found.columns) };
}

/** The names that older versions of the extension have for the same. */
const OLDER_NAMES: Readonly<Record<string, readonly string[]>> = {
  total_exec_time: ["total_time"],
  mean_exec_time: ["mean_time"],
  shared_blk_read_time: ["blk_read_time"],
  shared_blk_write_time: ["blk_write_time"],
};

/** A column as SQL reads it, whatever this version calls it; `0` where it does not have it. */
export function statistic({ columns }: StatementView, name: string): string {
  const there = [name, ...(OLDER_NAMES[name] ?? [])].find((column) => columns.has(column));
  return there === undefined ? "0" : `s.${there}`;
}
