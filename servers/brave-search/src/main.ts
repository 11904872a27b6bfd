import { defineServer } from "@portico/core";
import { run } from "@portico/runner";
import { version } from "./version.ts";

run({
  name: "@portico/server-brave-search",
  bin: "portico-brave-search",
  version,
  summary: "the web, news, images, videos, places and whole pages.",
  server: () => defineServer({ name: "portico-brave-search", version }),
});
