import { onlyReads } from "../reasons.ts";
import { Refused } from "../refused.ts";
import type { Name } from "../uses.ts";
import { hazard } from "./hazards.ts";
import { safeNames } from "./safe-names.ts";

/** What a writing statement may call besides. */
const WRITING = new Set(["nextval", "setval", "txid_current", "pg_current_xact_id"]);

/** Whether PostgreSQL's own function of this name may be called. */
export function isSafe(name: string, writing: boolean): boolean {
  return safeNames.has(name) || (writing && WRITING.has(name));
}

/** Whether PostgreSQL's own function of this name writes. */
export function isWriting(name: string): boolean {
  return WRITING.has(name);
}

/**
 * Refuses a function that is known not to be safe, and every one of `pg_catalog` that is not known to be. A name that
 * is neither may be a user's or an extension's: the catalogue has to tell.
 * @throws {Refused}
 */
export function checkFunction({ schema, name }: Name, writing: boolean): void {
  if (schema !== undefined && schema !== "pg_catalog") return;
  if (isSafe(name, writing)) return;
  const found = hazard(name);
  if (found && WRITING.has(name)) {
    throw new Refused(`${name}() ${found.does}; ${onlyReads("read-write")}`);
  }
  if (found)
    throw new Refused(`${name}() ${found.does}; leave it out, this server does not run it.`);
  if (schema !== undefined) throw notKnown(name);
}

/** Refuses what administrators may not do from here either: leave the database, or undo what holds the session. */
export function checkForAdmin({ name }: Name): void {
  const found = hazard(name);
  if (found?.always) throw new Refused(`${name}() ${found.does}; use psql for that.`);
}

/** A function of PostgreSQL's own that nobody looked at. */
export function notKnown(name: string): Refused {
  return new Refused(`${name}() is not among the functions known to be safe; leave it out.`);
}
