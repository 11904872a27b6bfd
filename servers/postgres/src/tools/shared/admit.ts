import type { Context } from "@portico/core";
import type { Place } from "../../catalogue-checks.ts";
import { DatabaseError, type Session } from "../../database/database.ts";
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
  on: Reach,
  { deps }: Context<Deps>,
): Promise<Session> {
  await deps.checks.check(placeOf(on), judgement, async (sql, parameters) => {
    const { rows } = await session.query(sql, parameters, { kept: true });
    return rows;
  });
  return deps.masking.over(session);
}

/**
 * Reads with a statement of a caller. One that passed before travels in one piece with the question whether the
 * catalogue still shows what it passed by; only when it does not is the statement looked at again.
 */
export async function readAdmitted<T>(
  judgement: Judgement,
  on: Reach,
  ctx: Context<Deps>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { checks, masking } = ctx.deps;
  const condition = checks.condition(placeOf(on), judgement);
  if (condition) {
    try {
      return await on.read((session) => work(masking.over(session)), condition);
    } catch (error) {
      if (!(error instanceof DatabaseError && error.code === "changed")) throw error;
    }
  }
  return on.read(async (session) => work(await admit(session, judgement, on, ctx)));
}

function placeOf({ database, use }: Reach): Place {
  return { database: database.name, identity: use.identity };
}
