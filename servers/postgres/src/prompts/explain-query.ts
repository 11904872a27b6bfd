import { type Context, prompt } from "@portico/core";
import { catalogueOf } from "../catalogue/catalogue.ts";
import type { Deps } from "../deps.ts";
import { taskWith } from "./shared/embedding.ts";
import { fenced } from "./shared/fenced.ts";
import { mentionedTables } from "./shared/mentioned.ts";
import { databaseArgument, onDatabase } from "./shared/on-database.ts";
import { planOf } from "./shared/plan.ts";

/** Asks what a query does and why it takes as long as it does. */
export const explainQueryPrompt = prompt({
  name: "explain_query",
  title: "Explain a query",
  description: "What a query does, how PostgreSQL runs it, and what makes it slow.",
  arguments: {
    sql: { description: "The query", required: true },
    database: databaseArgument,
  },
  run({ sql, database }, ctx: Context<Deps>) {
    return onDatabase(ctx, database, async (on) => {
      const tables = await on.read(async (session) =>
        mentionedTables(await catalogueOf(session), sql),
      );
      const task = [
        "Explain this query to somebody who did not write it: what it answers, step by step how PostgreSQL runs it, and which step costs most and why. Then say what would make it faster, the surest first, and how to prove each.",
        fenced(sql, "sql"),
        await planOf(sql, on, ctx),
        "The tool explain_query measures it with analyze, where that is safe.",
      ];
      return taskWith(task, on.database.name, tables);
    });
  },
});
