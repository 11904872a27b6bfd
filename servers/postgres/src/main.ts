import { run } from "@portico/runner";
import { readConnections } from "./connections.ts";
import { createDeps } from "./create-deps.ts";
import { openToolsFile } from "./open-tools-file.ts";
import { OPTIONS } from "./options.ts";
import { postgres } from "./server.ts";
import { version } from "./version.ts";

// The URL may have come as an argument, and whoever lists processes would read its password there.
process.title = "portico-postgres";

run({
  name: "@portico/server-postgres",
  bin: "portico-postgres",
  version,
  summary:
    "Lets a model query, explore and tune PostgreSQL, reading only unless you say otherwise.",
  positionals: {
    name: "url",
    type: "string",
    example: "postgres://user@localhost/shop",
    env: ["DATABASE_URL", "DATABASE_URI", "POSTGRES_CONNECTION_STRING", "POSTGRES_CONNECTION"],
    description: "Where the database is; without it libpq's PGHOST, PGDATABASE, … count.",
  },
  options: OPTIONS,
  examples: [
    {
      args: "--access-mode read-write postgres://user@localhost/shop",
      description: "Changing rows as well.",
    },
  ],
  async server({ positionals, options, log }) {
    const connections = readConnections(positionals[0], options.database, process.env);
    if (connections.length === 0) log.warning("No database is set; every call will say how to.");
    const deps = createDeps(connections, options);
    const file = options["tools-file"];
    return postgres(deps, file === undefined ? undefined : await openToolsFile(file, deps, log));
  },
});
