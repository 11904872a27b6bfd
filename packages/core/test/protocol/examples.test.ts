import { describe, expect, test } from "vitest";
import { METHODS, project, type Revision, rowFor, vocabulary } from "../../src/protocol/index.ts";
import { jsonSchema } from "../../src/schema/build.ts";
import { compile } from "../../src/schema/validate.ts";
import { basesOf } from "./bases.ts";
import { available, officialDefinitions, officialExamples, officially } from "./official.ts";
import { wrappersOf } from "./wrappers.ts";

const revision: Revision = "2026-07-28";

describe.skipIf(!available)(officially("every official example"), () => {
  const official = available ? officialDefinitions(revision) : {};
  const $defs = available
    ? {
        ...vocabulary(revision),
        ...wrappersOf(revision, official),
        ...basesOf(revision, official),
      }
    : {};
  const examples = available ? officialExamples() : [];

  test("is there to be tried", () => {
    expect(examples.length).toBeGreaterThan(100);
  });

  test.each(examples)("$definition/$file is valid", ({ definition, value }) => {
    const check = compile({ $ref: `#/$defs/${definition}`, $defs });
    expect(check(value)).toBeUndefined();
  });

  test.each(examples)("$definition/$file passes unchanged", ({ definition, value }) => {
    const whole = jsonSchema({ $ref: `#/$defs/${definition}` });
    expect(project(whole, revision, value)).toBe(value);
    expect(projectMessage(value)).toEqual(JSON.parse(JSON.stringify(value)));
  });
});

/** A message with its params fitted to the revision they are of. */
function projectMessage(value: unknown): unknown {
  const { method, params } = value as { method?: string; params?: unknown };
  const row = method === undefined ? undefined : rowFor(METHODS, method, revision);
  if (!row || params === undefined) return value;
  return { ...(value as object), params: project(row.params, revision, params) };
}
