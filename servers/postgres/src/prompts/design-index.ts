import { type Context, JSON_RPC, prompt, RpcError } from "@portico/core";
import { catalogueOf } from "../catalogue/catalogue.ts";
import { CatalogueError } from "../catalogue/error.ts";
import { RELATION_KINDS } from "../catalogue/kinds.ts";
import type { Deps } from "../deps.ts";
import type { Reach } from "../reach.ts";
import { completeNames } from "../resources/complete.ts";
import { taskWith } from "./shared/embedding.ts";
import { fenced } from "./shared/fenced.ts";
import { type Mentioned, mentionedTable, mentionedTables } from "./shared/mentioned.ts";
import { databaseArgument, onDatabase } from "./shared/on-database.ts";
import { planOf } from "./shared/plan.ts";

/** Asks for an index that a query or a table needs. */
export const designIndexPrompt = prompt({
  name: "design_index",
  title: "Design an index",
  description: "The index a query needs, or the indexes of a table as they should be.",
  arguments: {
    sql: { description: "The query that shall be faster" },
    table: {
      description: "Or a table, as schema.table or by its name alone",
      complete: (typed: string, ctx: Context<Deps>, others: Readonly<Record<string, string>>) =>
        completeNames(RELATION_KINDS, typed, ctx, others),
    },
    database: databaseArgument,
  },
  run({ sql = "", table = "", database }, ctx: Context<Deps>) {
    if (sql === "" && table === "") {
      throw new RpcError(JSON_RPC.invalidParams, "Give sql or table: what shall the index be for?");
    }
    return onDatabase(ctx, database, async (on) => {
      const tables = sql === "" ? [await tableOf(table, on)] : await tablesOf(sql, on);
      const subject =
        sql === ""
          ? [
              "Review the indexes of the table below: which are missing for its keys and usual queries, which repeat another one, which nobody uses.",
            ]
          : [
              "Design the index that makes this query fast:",
              fenced(sql, "sql"),
              await planOf(sql, on, ctx),
            ];
      const task = [
        ...subject,
        "Give each index as CREATE INDEX CONCURRENTLY, with the order of its columns explained, what it costs on writes and disk, and how to prove that it helps: explain_query takes hypothetical indexes where HypoPG is installed. Propose none that an existing index already covers; say so when none is needed.",
      ];
      return taskWith(task, on.database.name, tables);
    });
  },
});

function tablesOf(sql: string, on: Reach): Promise<Mentioned[]> {
  return on.read(async (session) => mentionedTables(await catalogueOf(session), sql));
}

/** @throws {CatalogueError} when there is no such table */
function tableOf(written: string, on: Reach): Promise<Mentioned> {
  return on.read(async (session) => {
    const catalogue = await catalogueOf(session);
    const dot = written.indexOf(".");
    const qualified = { schema: written.slice(0, dot), name: written.slice(dot + 1) };
    const found =
      (await mentionedTable(catalogue, { schema: undefined, name: written })) ??
      (dot > 0 ? await mentionedTable(catalogue, qualified) : undefined);
    if (found) return found;
    throw new CatalogueError(`There is no table ${written} that you may use.`);
  });
}
