import { defineServer } from "@portico/core";
import { run } from "@portico/runner";
import { version } from "./version.ts";

run({
  name: "@portico/server-gdrive",
  bin: "portico-gdrive",
  version,
  summary: "find, read, write and share files, Docs, Sheets and Slides.",
  server: () => defineServer({ name: "portico-gdrive", version }),
});
