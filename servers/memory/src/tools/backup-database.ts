import { s, ToolError, type ToolSource, type ToolValue, tool } from "@portico/core";
import type { Deps } from "../deps.ts";
import { forModel } from "../told.ts";
import { done, doneOutput } from "./shared/answer.ts";

/** The ending of the name of a database. */
const ENDING = ".db";

const backupDatabase: ToolValue<Deps> = tool({
  name: "backup_database",
  title: "Back Up Database",
  description:
    "Copy the whole database, all projects with their history, into a new file of the server's folder, while writes go on.",
  input: s.object({ file: s.string({ description: "Name of the file, no path" }) }),
  output: doneOutput,
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: false,
    openWorldHint: false,
  },
  async run({ file }, { deps }) {
    const name = file.toLowerCase().endsWith(ENDING) ? file : `${file}${ENDING}`;
    try {
      await backUp(deps as Deps, name);
    } catch (error) {
      throw forModel(error);
    }
    return done(`Copied the database to ${JSON.stringify(name)}.`);
  },
});

/** Offers backups where nobody authenticates: with a backup, a caller would have the memory of all others. */
export const backups: ToolSource<Deps> = {
  async list({ principal, deps: { folder } }) {
    return principal || !folder ? [] : [backupDatabase];
  },
};

async function backUp({ store: lazy, folder }: Deps, name: string): Promise<void> {
  const store = await lazy.get();
  if (!store.backup || !folder) {
    throw new ToolError("This memory is in PostgreSQL; the operator can back it up with pg_dump.");
  }
  await store.backup(await folder.place("", name));
}
