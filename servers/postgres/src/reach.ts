import { type Context, ToolError } from "@portico/core";
import type { Condition, Database, Session, Use } from "./database/database.ts";
import type { Deps } from "./deps.ts";
import { identityOf } from "./identity.ts";

/** What of a call's context is needed to reach a database on its behalf. */
export type Caller = Pick<Context<Deps>, "deps" | "principal" | "signal">;

/** One database, as one caller may use it. */
export interface Reach {
  readonly database: Database;
  /** On whose behalf. */
  readonly use: Use;
  /**
   * Runs `work` in a read-only transaction that is rolled back.
   * @throws {DatabaseError} `changed` when `condition` does not hold
   */
  read<T>(work: (session: Session) => Promise<T>, condition?: Condition): Promise<T>;
}

const NO_DATABASE =
  "No database is set: start the server with a URL (portico-postgres postgres://user@host/database) or set DATABASE_URL.";

/**
 * The database called `name` on behalf of the caller; the first one when there is no name.
 * @throws {ToolError} when there is none, or this caller may not use it
 */
export function reach({ deps, principal, signal }: Caller, name?: string): Reach {
  const { databases, identity } = deps;
  const { names } = databases;
  const chosen = name ?? names[0];
  if (chosen === undefined || names.length === 0) throw new ToolError(NO_DATABASE);
  if (!names.includes(chosen)) {
    throw new ToolError(`There is no database "${chosen}"; use ${names.join(" or ")}.`);
  }
  const database = databases.get(chosen);
  const use: Use = { signal, identity: identityOf(principal, identity) };
  return { database, use, read: (work, condition) => database.read(use, work, condition) };
}
