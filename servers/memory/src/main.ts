import { run } from "@portico/runner";
import { defaultProject } from "./default-project.ts";
import { readMeanings } from "./embeddings-options.ts";
import { runErrand } from "./errands.ts";
import { LazyStore } from "./lazy-store.ts";
import { openStore } from "./open-store.ts";
import { OPTIONS } from "./options.ts";
import { placeOf } from "./place.ts";
import { memory } from "./server.ts";
import { readFolder } from "./transfer-dir.ts";
import { version } from "./version.ts";

run({
  name: "@portico/server-memory",
  bin: "portico-memory",
  version,
  summary: "Gives a model a lasting memory: a knowledge graph in one file, or in PostgreSQL.",
  options: OPTIONS,
  examples: [
    { args: "--file ~/notes/memory.db", description: "A file of your choice." },
    { args: "--export notes.md", description: "Write what is remembered to a page, and end." },
  ],
  async server({ options, log }) {
    const project = defaultProject(options.project);
    const place = placeOf(options);
    if (await runErrand(options, { place, project, log })) process.exit();
    const store = new LazyStore(() => openStore(place, project, log));
    const meanings = await readMeanings(options, process.env.MEMORY_EMBEDDINGS_KEY, log);
    store.whenOpen((opened) => meanings?.attach(opened, { owner: "", project }));
    return memory({ store, project, folder: await readFolder(options), meanings });
  },
});
