import { run } from "@portico/runner";
import { defaultProject } from "./default-project.ts";
import { LazyStore } from "./lazy-store.ts";
import { openStore } from "./open-store.ts";
import { OPTIONS } from "./options.ts";
import { placeOf } from "./place.ts";
import { saveInto } from "./save-into.ts";
import { memory } from "./server.ts";
import { version } from "./version.ts";

run({
  name: "@portico/server-memory",
  bin: "portico-memory",
  version,
  summary: "Gives a model a lasting memory: a knowledge graph in one file, or in PostgreSQL.",
  options: OPTIONS,
  examples: [{ args: "--file ~/notes/memory.db", description: "A file of your choice." }],
  async server({ options, log }) {
    const project = defaultProject(options.project);
    const place = placeOf(options);
    if (options.salvage !== undefined) {
      await saveInto(options.salvage, place, log);
      process.exit();
    }
    return memory({ store: new LazyStore(() => openStore(place, project, log)), project });
  },
});
