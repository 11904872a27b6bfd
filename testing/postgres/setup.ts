import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { removePostgres } from "./server.ts";

/** Vitest's global set-up: servers start when a test first needs one, and are stopped when the run is over. */
export default function setup(project: TestProject): () => Promise<void> {
  const run = mkdtempSync(join(tmpdir(), "pg-run-"));
  project.provide("postgresRun", run);
  return async () => {
    for (const file of globSync(join(run, "*/ready.json"))) {
      const facts = JSON.parse(readFileSync(file, "utf8"));
      if (facts.pid) await removePostgres(facts);
    }
    rmSync(run, { recursive: true, force: true });
  };
}
