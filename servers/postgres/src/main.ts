import { defineServer } from "@portico/core";
import { run } from "@portico/runner";
import { version } from "./version.ts";

run({
  name: "@portico/server-postgres",
  bin: "portico-postgres",
  version,
  summary: "postgres",
  server: () => defineServer({ name: "portico-postgres", version }),
});
