import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Revision } from "../../src/protocol/index.ts";
import type { JsonSchemaObject } from "../../src/schema/json-schema.ts";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../../..");

const specification = join(repository, "../shared/spec");

/** True where the official schemas are at hand; the tests that read them are skipped elsewhere. */
export const available: boolean = existsSync(specification);

/** What the tests that read them are called: `title`, or why they are skipped. */
export function officially(title: string): string {
  return available ? title : `${title} (skipped: no official schemas in ../shared/spec)`;
}

/** The named definitions of the official schema of `revision`. */
export function officialDefinitions(revision: Revision): Record<string, JsonSchemaObject> {
  const schema = readJson(join(specification, revision, "schema.json")) as JsonSchemaObject;
  return (schema.$defs ?? schema.definitions) as Record<string, JsonSchemaObject>;
}

/** Every official example of the newest revision: the definition it is of, its file and its value. */
export function officialExamples(): { definition: string; file: string; value: unknown }[] {
  const root = join(specification, "2026-07-28/examples");
  return readdirSync(root).flatMap((definition) =>
    readdirSync(join(root, definition)).map((file) => ({
      definition,
      file,
      value: readJson(join(root, definition, file)),
    })),
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
