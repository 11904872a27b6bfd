import { defineServer } from "@portico/core";
import { run } from "@portico/runner";
import { version } from "./version.ts";

run({
  name: "@portico/server-memory",
  bin: "portico-memory",
  version,
  summary: "memory",
  server: () => defineServer({ name: "portico-memory", version }),
});
