import { describe, expect, test } from "vitest";
import { REVISIONS, type Revision, vocabulary } from "../../src/protocol/index.ts";
import type { JsonSchemaObject } from "../../src/schema/json-schema.ts";
import { basesOf } from "./bases.ts";
import { asWeMeanThem, type Definitions, differences, elsewhere } from "./differences.ts";
import { normalForm } from "./normal-form.ts";
import { available, officialDefinitions, officially } from "./official.ts";
import { wrappersOf } from "./wrappers.ts";

describe.skipIf(!available)(officially("against the official schema"), () => {
  describe.each(available ? REVISIONS : [])("of %s", (revision) => {
    const published = officialDefinitions(revision);
    const official = asWeMeanThem(published, revision);
    const ours = ourDefinitions(revision, official);
    const compared = Object.keys(official).filter((name) => !Object.hasOwn(elsewhere, name));

    test.each(compared)("%s has the same properties, types, limits and requirements", (name) => {
      expect(ours).toHaveProperty([name]);
      expect(normalForm(ours[name] as JsonSchemaObject, ours)).toEqual(
        normalForm(official[name] as JsonSchemaObject, official),
      );
    });

    test("we have no definition that is not an official one or part of one", () => {
      const known = namesWithin(
        compared.map((name) => ours[name] as JsonSchemaObject),
        ours,
      );
      const strangers = Object.keys(ours).filter((name) => !(name in official) && !known.has(name));
      expect(strangers).toEqual([]);
    });

    test.each(differences.filter(({ revisions }) => revisions.includes(revision)))(
      "a difference is still one: $reason",
      ({ adjust }) => {
        const adjusted = adjust(published);
        const changed = Object.keys(adjusted).filter(
          (name) => JSON.stringify(adjusted[name]) !== JSON.stringify(published[name]),
        );
        expect(changed).not.toEqual([]);
      },
    );
  });

  test("what the table says we have elsewhere is still in an official schema", () => {
    const names = new Set(
      REVISIONS.flatMap((revision) => Object.keys(officialDefinitions(revision))),
    );
    expect(Object.keys(elsewhere).filter((name) => !names.has(name))).toEqual([]);
  });
});

function ourDefinitions(revision: Revision, official: Definitions): Definitions {
  return {
    ...vocabulary(revision),
    ...wrappersOf(revision, official),
    ...basesOf(revision, official),
  };
}

/** The names of all definitions that `schemas` refer to, directly or through others. */
function namesWithin(schemas: readonly JsonSchemaObject[], definitions: Definitions): Set<string> {
  const names = new Set<string>();
  const queue = schemas.map((schema) => JSON.stringify(schema));
  for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
    for (const [, name] of text.matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      if (name === undefined || names.has(name)) continue;
      names.add(name);
      queue.push(JSON.stringify(definitions[name]));
    }
  }
  return names;
}
