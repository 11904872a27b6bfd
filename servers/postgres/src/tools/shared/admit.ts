import type { Context } from "@portico/core";
import type { Session } from "../../database/database.ts";
import type { Deps } from "../../deps.ts";
import type { Judgement } from "../../guard/judge.ts";
import type { Reach } from "../../reach.ts";

/**
 * Looks a second time at a statement of a caller, with what the database itself knows of its names, and gives the
 * session to run it on: one that masks what the operator wants masked.
 * @throws {Refused}
 */
export async function admit(
  session: Session,
  judgement: Judgement,
  { database }: Reach,
  { deps }: Context<Deps>,
): Promise<Session> {
  await deps.check(database.name, judgement, async (sql, parameters) => {
    const { rows } = await session.query(sql, parameters, { kept: true });
    return rows;
  });
  return deps.masking.over(session);
}
