import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase } from "@portico/testing-postgres";
import { makeScratch } from "@portico/testing-servers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { numberIn, parseExactly } from "../../src/graph/exact-json.ts";
import type { GraphStore } from "../../src/graph/store.ts";
import type { Scope } from "../../src/graph/types.ts";
import { openPostgresStore } from "../../src/postgres/open.ts";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { formatJsonl } from "../../src/transfer/jsonl.ts";
import { takeOver } from "../../src/transfer/take-over.ts";
import { type OfficialGraph, type OfficialReader, openOfficialReader } from "./official-reader.ts";

// Any file that the official server can read, however odd: the official server is the oracle.

const number = fc.constantFrom(
  "1",
  "0.5",
  "1.0",
  "-0",
  "1e400",
  "0.90",
  "12345678901234567890",
  "0.1234567890123456789",
);
const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("a", "b", "c", "__proto__", "Ünï 🦊") },
  { weight: 1, arbitrary: fc.constantFrom("n".repeat(1001), "half \ud800", "nul \0", "", " ") },
);
const text = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("one", "two", "", "line\nbreak", "\u2028") },
  { weight: 1, arbitrary: fc.constantFrom("half \udc00", "nul \0") },
);
const json = (value: unknown) => JSON.stringify(value);
const texts = fc.array(text, { maxLength: 4 }).map(json);

/** Any JSON, with numbers as others write them. */
const { any } = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    number,
    text.map(json),
    fc.constantFrom("null", "true"),
    fc.array(tie("any"), { maxLength: 2 }).map((items) => `[${items.join(", ")}]`),
    fc.tuple(text.map(json), tie("any")).map(([key, value]) => `{${key}:${value}}`),
  ),
}));

const others = fc.dictionary(
  fc.constantFrom("x", "mood", "kind", "again", "extra", "__proto__"),
  any,
  {
    maxKeys: 2,
  },
);
const marks = fc.record(
  {
    tags: fc.oneof(texts, fc.constantFrom('["t"]', '["t","u"]', "[]", '["t","t"]'), any),
    importance: fc.oneof(number, any),
  },
  { requiredKeys: [] },
);

/** Fields, in any order, with blanks as some programs write them. */
function lineOf(fields: fc.Arbitrary<Record<string, string>>): fc.Arbitrary<string> {
  return fc.tuple(fields, fc.boolean(), fc.nat()).map(([all, isLoose, turn]) => {
    const entries = Object.entries(all).map(([key, value]) =>
      isLoose ? `${json(key)}: ${value}` : `${json(key)}:${value}`,
    );
    const at = turn % entries.length;
    const turned = isLoose ? [...entries.slice(at), ...entries.slice(0, at)] : entries;
    return `{${turned.join(isLoose ? ", " : ",")}}`;
  });
}

const entity = fc
  .record({
    type: fc.constant('"entity"'),
    name: name.map(json),
    entityType: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('"t"', '"u"') }, any),
    observations: fc.oneof({ weight: 8, arbitrary: texts }, any),
  })
  .chain((own) => fc.tuple(marks, others).map(([more, rest]) => ({ ...own, ...more, ...rest })));
const relation = fc
  .record({
    type: fc.constant('"relation"'),
    from: name.map(json),
    to: name.map(json),
    relationType: fc.constantFrom('"knows"', '"likes"', "7"),
  })
  .chain((own) => fc.tuple(marks, others).map(([more, rest]) => ({ ...own, ...more, ...rest })));
const line = fc.oneof(
  { weight: 6, arbitrary: lineOf(entity) },
  { weight: 3, arbitrary: lineOf(relation) },
  {
    weight: 1,
    arbitrary: fc.oneof(lineOf(others.map((all) => ({ type: '"note"', ...all }))), number),
  },
);
const file = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n", "\n\n"))
  .map(([lines, end]) => lines.join(end));

const stores: Record<string, (dir: string) => Promise<GraphStore>> = {
  SQLite: (dir) => openSqliteStore(join(dir, "memory.db")),
  PostgreSQL: async () => openPostgresStore((await createDatabase(18)).url()),
};

describe.each([
  ["SQLite", 400],
  ["PostgreSQL", 60],
] as const)("any file of the official server, taken over into %s", (kind, numRuns) => {
  let store: GraphStore;
  let official: OfficialReader;
  let projects = 0;
  const dir = makeScratch();
  beforeAll(async () => {
    official = openOfficialReader(dir);
    store = await (stores[kind] as (dir: string) => Promise<GraphStore>)(dir);
  });
  afterAll(async () => {
    official.close();
    await store.close();
    rmSync(dir, { recursive: true });
  });

  const scopeOf = (): Scope => ({ owner: "", project: `p${++projects}` });
  const take = (scope: Scope, path: string) =>
    takeOver(store, scope, path, { say: () => undefined });
  async function out(scope: Scope): Promise<string> {
    let text = "";
    for await (const piece of formatJsonl(store.exportRecords(scope, {}))) text += piece;
    const path = join(dir, `${scope.project}.jsonl`);
    writeFileSync(path, text);
    return path;
  }
  function into(text: string): string {
    const path = join(dir, "memory.jsonl");
    writeFileSync(path, text);
    return path;
  }

  test("comes out as the same graph for the official server, with all that it does not know", async () => {
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        const scope = scopeOf();
        const before = into(text);
        await take(scope, before);
        const after = await out(scope);
        const [theirs, ours] = [await official.read(before), await official.read(after)];
        expect(united(ours)).toEqual(united(theirs));
        expect(ours.entities).toEqual(expect.arrayContaining(single(theirs)));
        expect(fieldsIn(readFileSync(after, "utf8"))).toEqual(fieldsIn(text));
      }),
      { seed: 81, numRuns },
    );
  }, 120_000);

  test("comes out the same again when that is taken over, which adds nothing to where it came from", async () => {
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        const [first, second] = [scopeOf(), scopeOf()];
        await take(first, into(text));
        const once = await out(first);
        await take(second, once);
        const twice = await out(second);
        expect(readFileSync(twice, "utf8")).toBe(readFileSync(once, "utf8"));
        const added = await take(first, once);
        if (added)
          expect(added).toMatchObject({ entities: 0, observations: 0, relations: 0, foreign: 0 });
        expect(readFileSync(await out(first), "utf8")).toBe(readFileSync(twice, "utf8"));
      }),
      { seed: 82, numRuns: numRuns / 2 },
    );
  }, 120_000);
});

/** A graph with the lines on one entity put together. */
function united({ entities, relations }: OfficialGraph) {
  const lines = Map.groupBy(entities, ({ name }) => json(name));
  return {
    entities: [...lines].sort(byKey).map(([name, all]) => ({
      name,
      types: distinct(all.map(({ entityType }) => entityType)),
      observations: distinct(all.flatMap(({ observations }) => observations)),
    })),
    relations: distinct(relations.map(({ from, to, relationType }) => [from, to, relationType])),
  };
}

/** Entities that one line is about. */
function single({ entities }: OfficialGraph) {
  const lines = Map.groupBy(entities, ({ name }) => json(name));
  return [...lines.values()].filter(({ length }) => length === 1).flat();
}

/** Everything that lines say besides names and observations, each once; marks of several lines on one thing together. */
function fieldsIn(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((one) => one !== "");
  const said = lines.flatMap((line): unknown[] => {
    const value = parseExactly(line) as Record<string, unknown>;
    if (value.type !== "entity" && value.type !== "relation") return [line];
    const { name, from, to, relationType, observations, ...rest } = value;
    const about = value.type === "entity" ? [name] : [from, to, relationType];
    return Object.entries(rest).flatMap(([key, field]) => {
      const isTags = key === "tags" && Array.isArray(field) && field.length > 0;
      if (isTags) return field.map((tag) => [...about, key, tag]);
      const share = key === "importance" ? numberIn(field) : undefined;
      return [[...about, key, share ?? field]];
    });
  });
  return distinct(said);
}

function distinct(values: readonly unknown[]): string[] {
  return [...new Set(values.map(json))].sort();
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
