import { type Context, prompt } from "@portico/core";
import { catalogueOf } from "../catalogue/catalogue.ts";
import type { Deps } from "../deps.ts";
import { taskWith } from "./shared/embedding.ts";
import { fenced } from "./shared/fenced.ts";
import { mentionedTables } from "./shared/mentioned.ts";
import { databaseArgument, onDatabase } from "./shared/on-database.ts";

/** Asks whether a migration is safe to run. */
export const reviewMigrationPrompt = prompt({
  name: "review_migration",
  title: "Review a migration",
  description:
    "Whether a migration is safe on this database: locks, rewrites, lost data, way back.",
  arguments: {
    sql: { description: "The statements of the migration", required: true },
    database: databaseArgument,
  },
  run({ sql, database }, ctx: Context<Deps>) {
    return onDatabase(ctx, database, async (on) => {
      const { tables, version } = await on.read(async (session) => {
        const { rows } = await session.query("SELECT pg_catalog.current_setting('server_version')");
        const found = await mentionedTables(await catalogueOf(session), sql);
        return { tables: found, version: rows[0]?.[0] ?? "unknown" };
      });
      const task = [
        `Review this migration before it runs on PostgreSQL ${version}. For each statement say which lock it takes and for how long with the sizes below, whether it rewrites or scans the table, what fails on rows that are there already, what depends on it, what data it loses, and how to undo it. Then give the migration as you would run it.`,
        fenced(sql, "sql"),
      ];
      return taskWith(task, on.database.name, tables);
    });
  },
});
