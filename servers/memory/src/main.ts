import { run } from "@portico/runner";
import { defaultProject } from "./default-project.ts";
import { LazyStore } from "./lazy-store.ts";
import { openStore } from "./open-store.ts";
import { placeOf } from "./place.ts";
import { memory } from "./server.ts";
import { version } from "./version.ts";

run({
  name: "@portico/server-memory",
  bin: "portico-memory",
  version,
  summary: "Gives a model a lasting memory: a knowledge graph in one file, or in PostgreSQL.",
  options: {
    file: {
      type: "path",
      env: "MEMORY_FILE_PATH",
      description:
        "The database, as memory.db; a .jsonl file of the official server is read into a .db beside it. Default: memory.db in your data folder.",
    },
    "database-url": {
      type: "string",
      env: "MEMORY_DATABASE_URL",
      description: "Keep the memory in PostgreSQL instead, for more than one machine.",
    },
    project: {
      type: "string",
      env: "MEMORY_PROJECT",
      default: "default",
      description: "The project of calls that name none; each is a graph of its own.",
    },
  },
  examples: [{ args: "--file ~/notes/memory.db", description: "A file of your choice." }],
  server({ options, log }) {
    const project = defaultProject(options.project);
    const place = placeOf(options);
    return memory({ store: new LazyStore(() => openStore(place, project, log)), project });
  },
});
