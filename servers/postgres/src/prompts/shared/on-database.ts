import type { Context } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { type Reach, reach } from "../../reach.ts";
import { completeDatabase } from "../../resources/complete.ts";
import { refusal } from "../../resources/for-resource.ts";

/** The argument by which a person chooses a database. */
export const databaseArgument = {
  description: "The database it is for; the first one when absent",
  complete: completeDatabase,
};

/** Does a prompt's work on a database; refusals are told to the client as errors. */
export async function onDatabase<T>(
  ctx: Context<Deps>,
  database: string | undefined,
  work: (on: Reach) => Promise<T>,
): Promise<T> {
  try {
    return await work(reach(ctx, database || undefined));
  } catch (error) {
    throw refusal(error);
  }
}
