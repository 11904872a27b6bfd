import { DatabaseError, type Parameter, type Session } from "../database/database.ts";

/** A session that looks into a server's own books, and what it needs to know to read them. */
export interface Inspection {
  readonly session: Session;
  readonly database: string;
  /** Whom PostgreSQL takes us for. */
  readonly role: string;
  /** The major version: 15, 18. */
  readonly version: number;
  /** Whether the role sees sessions and statements of other roles (`pg_read_all_stats`). */
  readonly seesAll: boolean;
  /** Whether the server is a standby. */
  readonly standby: boolean;
  /** What unqualified names of the caller's statements are looked up in. */
  readonly searchPath: string;
  /**
   * Runs a query and returns its rows as PostgreSQL writes them in JSON: numbers, booleans, arrays and text.
   * @throws {DatabaseError}
   */
  rows<T extends object>(sql: string, parameters?: readonly Parameter[]): Promise<readonly T[]>;
}

type Facts = Pick<Inspection, "database" | "role" | "version" | "seesAll" | "standby">;

const FACTS = `
  SELECT current_database() AS database,
         current_user AS role,
         current_setting('server_version_num')::int / 10000 AS version,
         pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS "seesAll",
         pg_is_in_recovery() AS standby`;

/**
 * Makes a session ready for looking around: from now on nothing but the catalogue is found without its schema's name,
 * so that no function, operator or table of a user can stand in for one of PostgreSQL's.
 * @throws {DatabaseError}
 */
export async function inspect(session: Session): Promise<Inspection> {
  const [path] = await rows<{ old: string }>(
    session,
    "SELECT pg_catalog.current_setting('search_path') AS old",
  );
  await setSearchPath(session, CATALOGUE_ONLY);
  const [facts] = await rows<Facts>(session, FACTS);
  return {
    ...facts!,
    searchPath: path!.old,
    session,
    rows: (sql, parameters) => rows(session, sql, parameters),
  };
}

/** The search path that leads to nothing but PostgreSQL's own. Unnamed, temporary tables would come first. */
export const CATALOGUE_ONLY = "pg_catalog, pg_temp";

/** Sets where unqualified names are looked up, until the end of the transaction. */
export async function setSearchPath(session: Session, path: string): Promise<void> {
  await session.query("SELECT pg_catalog.set_config('search_path', $1, true)", [path]);
}

/**
 * Does work that may fail without spoiling the transaction around it.
 * @returns what the work came to, or the refusal
 * @throws {DatabaseError} when the call was cancelled or the connection is gone
 */
export async function attempt<T>(
  session: Session,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly refusal: DatabaseError }> {
  await session.query("SAVEPOINT attempt");
  try {
    const value = await work();
    await session.query("RELEASE SAVEPOINT attempt");
    return { value };
  } catch (error) {
    if (!(error instanceof DatabaseError) || FATAL.has(error.code)) throw error;
    await session.query("ROLLBACK TO SAVEPOINT attempt");
    await session.query("RELEASE SAVEPOINT attempt");
    return { refusal: error };
  }
}

const FATAL = new Set(["cancelled", "unreachable"]);

/** Nothing that is looked for here is worth more than this, however much the operator allows a statement. */
const MOST_MILLISECONDS = 10_000;

/** Lets no later statement of the transaction take longer than `milliseconds`, or than it already may. */
export async function limitStatements(
  session: Session,
  milliseconds: number = MOST_MILLISECONDS,
): Promise<void> {
  await session.query(
    `SELECT pg_catalog.set_config('statement_timeout', (
       SELECT CASE WHEN setting::int = 0 THEN $1::int ELSE least(setting::int, $1::int) END
       FROM pg_catalog.pg_settings WHERE name = 'statement_timeout')::text, true)`,
    [milliseconds],
  );
}

async function rows<T extends object>(
  session: Session,
  sql: string,
  parameters?: readonly Parameter[],
): Promise<readonly T[]> {
  const answer = await session.query(
    `SELECT coalesce(pg_catalog.json_agg(found), '[]') FROM (${sql}) found`,
    parameters,
  );
  return JSON.parse(answer.rows[0]![0]!) as readonly T[];
}
