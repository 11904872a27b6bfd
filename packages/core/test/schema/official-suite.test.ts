import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CompileOptions, compile } from "../../src/schema/compile.ts";
import { formats } from "../../src/schema/formats.ts";
import type { JsonSchema, JsonSchemaObject } from "../../src/schema/json-schema.ts";

interface Group {
  description: string;
  schema: JsonSchema;
  tests: { description: string; data: unknown; valid: boolean }[];
}

const cache = join(import.meta.dirname, "../../../../node_modules/.cache/json-schema-suite");
const suite = join(cache, "suite/json");
const draft07 = "http://json-schema.org/draft-07/schema#";

/** Optional files this engine does not claim, and why. */
const notClaimed: Record<string, string> = {
  "cross-draft": "refers to draft 2019-09, which is not supported",
  content: "contentEncoding and contentMediaType are annotations, as 2020-12 has them",
};

function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort();
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Draft-07 files of the suite do not say so themselves. */
function declare(schema: JsonSchema, isDraft07: boolean): JsonSchema {
  return isDraft07 && typeof schema === "object" ? { $schema: draft07, ...schema } : schema;
}

function loadResources(): Record<string, JsonSchema> {
  const resources: Record<string, JsonSchema> = {};
  for (const name of jsonFiles(join(suite, "remotes"))) {
    const document = read<JsonSchema>(join(suite, "remotes", name));
    resources[`http://localhost:1234/${name}`] = declare(document, name.startsWith("draft7/"));
  }
  const metaSchemas = join(cache, "specifications/jsonschema_specifications/schemas");
  const vocabularies = readdirSync(join(metaSchemas, "draft202012/vocabularies"));
  for (const name of [
    "draft7/metaschema.json",
    "draft202012/metaschema.json",
    ...vocabularies.map((vocabulary) => `draft202012/vocabularies/${vocabulary}`),
  ]) {
    const document = read<JsonSchemaObject>(join(metaSchemas, name));
    resources[String(document.$id)] = document;
  }
  return resources;
}

/** The titles of the tests whose verdict differs from the suite's. */
function failures(file: string, isDraft07: boolean, options: CompileOptions): string[] {
  return read<Group[]>(file).flatMap((group) => {
    const check = compile(declare(group.schema, isDraft07), options);
    return group.tests
      .filter(({ data, valid }) => (check(data) === undefined) !== valid)
      .map(({ description }) => `${group.description}: ${description}`);
  });
}

const title = existsSync(suite)
  ? "the official JSON-Schema-Test-Suite"
  : "the official JSON-Schema-Test-Suite (absent: pnpm exec node scripts/json-schema-suite.ts)";

describe.skipIf(!existsSync(suite))(title, () => {
  const resources = existsSync(suite) ? loadResources() : {};
  for (const draft of ["draft2020-12", "draft7"]) {
    const folder = join(suite, "tests", draft);
    for (const name of existsSync(folder) ? jsonFiles(folder) : []) {
      const format = name.includes("format/") ? basename(name, ".json") : undefined;
      if (format && !Object.hasOwn(formats, format)) continue;
      if (name.startsWith("optional/") && basename(name, ".json") in notClaimed) continue;
      const asserted = format || name.endsWith("format-assertion.json");
      test(`${draft}/${name}`, () => {
        const options = asserted ? { resources, formats } : { resources };
        expect(failures(join(folder, name), draft === "draft7", options)).toEqual([]);
      });
    }
  }
});
