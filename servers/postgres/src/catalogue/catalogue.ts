import type { Database, Parameter, Session, Use } from "../database/database.ts";

/** The system catalogue as one user sees it, for one piece of work. */
export interface Catalogue {
  /** The schemas in which names are looked for that have none, in that order. */
  readonly searchPath: readonly string[];
  /** Runs a query whose first column is JSON; the values of its rows. */
  json<T>(sql: string, parameters?: readonly Parameter[]): Promise<T[]>;
}

const BEGIN = `
SELECT pg_catalog.to_json(pg_catalog.current_schemas(false)),
       pg_catalog.set_config('search_path', 'pg_catalog', true)`;

/**
 * Reads the catalogue in a transaction of its own. Its search path is `pg_catalog` alone: nobody's function or
 * operator is taken for a built-in one, and what PostgreSQL prints is always qualified.
 * @throws {DatabaseError}
 */
export function inCatalogue<T>(
  database: Database,
  use: Use,
  work: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  return database.read(use, async (session) => work(await catalogueOf(session)));
}

/** The same inside a transaction that there is; what follows in it has the search path as well. */
export async function catalogueOf(session: Session): Promise<Catalogue> {
  const { rows } = await session.query(BEGIN);
  return {
    searchPath: JSON.parse(rows[0]?.[0] ?? "[]"),
    async json<T>(sql: string, parameters: readonly Parameter[] = []): Promise<T[]> {
      const answer = await session.query(sql, parameters);
      return answer.rows.map(([value]) => JSON.parse(value ?? "null") as T);
    },
  };
}
