import { quoteIdentifier } from "../catalogue/quote.ts";
import type { Session } from "../database/database.ts";

/** Kinds of index that HypoPG can imagine. */
export const METHODS = ["btree", "hash", "brin"] as const;

/** An index that is not there. */
export interface HypotheticalIndex {
  /** The table's name, with its schema before a dot where the search path does not lead to it. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly using?: (typeof METHODS)[number] | undefined;
}

/** Indexes cannot be imagined here; one sentence that says what to do. */
export class HypotheticalError extends Error {
  override readonly name = "HypotheticalError";
}

const SAVE = "SAVEPOINT hypothetical";
const BACK = "ROLLBACK TO SAVEPOINT hypothetical";

/**
 * Plans as if there were these indexes, through the extension HypoPG.
 * @throws {HypotheticalError} when the database does not have it
 */
export async function withIndexes<T>(
  session: Session,
  indexes: readonly HypotheticalIndex[],
  plan: () => Promise<T>,
): Promise<T> {
  const schema = quoteIdentifier(await schemaOfHypopg(session));
  await session.query(SAVE);
  try {
    for (const index of indexes) {
      await session.query(`SELECT ${schema}.hypopg_create_index($1)`, [definition(index)]);
    }
    return await plan();
  } finally {
    // They would outlive the transaction: they belong to the connection, which others get next.
    await session.query(BACK);
    await session.query(`SELECT ${schema}.hypopg_reset()`);
  }
}

async function schemaOfHypopg(session: Session): Promise<string> {
  const { rows } = await session.query(
    "SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'hypopg'",
  );
  const schema = rows[0]?.[0];
  if (schema) return schema;
  throw new HypotheticalError(
    "Indexes that are not there can only be tried with the extension HypoPG, which this database does not have; an administrator can install it and run CREATE EXTENSION hypopg.",
  );
}

function definition({ table, columns, using = "btree" }: HypotheticalIndex): string {
  const target = table.split(".").map(quoteIdentifier).join(".");
  return `CREATE INDEX ON ${target} USING ${using} (${columns.map(quoteIdentifier).join(", ")})`;
}
