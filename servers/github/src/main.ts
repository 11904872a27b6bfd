import { defineServer } from "@portico/core";
import { run } from "@portico/runner";
import { version } from "./version.ts";

run({
  name: "@portico/server-github",
  bin: "portico-github",
  version,
  summary: "repositories, issues, pull requests and all else, within the bounds you set.",
  server: () => defineServer({ name: "portico-github", version }),
});
