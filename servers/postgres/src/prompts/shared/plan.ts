import { type Context, ToolError } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { judge } from "../../guard/judge.ts";
import type { Reach } from "../../reach.ts";
import { forModel } from "../../told.ts";
import { admit } from "../../tools/shared/admit.ts";
import { fenced } from "./fenced.ts";

/** How PostgreSQL would run a statement, as a paragraph; or why that is not known. */
export async function planOf(sql: string, on: Reach, ctx: Context<Deps>): Promise<string> {
  try {
    const judgement = await judge(`EXPLAIN ${sql}`, "read-only");
    const { rows } = await on.read(async (session) => {
      const admitted = await admit(session, judgement, on, ctx);
      return admitted.query(judgement.sql);
    });
    return `PostgreSQL's plan for it:\n${fenced(rows.map(([line]) => line ?? "").join("\n"))}`;
  } catch (error) {
    const told = forModel(error);
    if (!(told instanceof ToolError)) throw error;
    return `There is no plan of it yet: ${told.message}`;
  }
}
