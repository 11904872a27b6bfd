import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GraphRecord } from "../graph/types.ts";
import { formatJsonl, jsonlLine, parseJsonl } from "./jsonl.ts";

const alice = { name: "alice", entityType: "person", observations: ["hikes"] };
const aliceLine = JSON.stringify({ type: "entity", ...alice });
const knows = { from: "alice", to: "bob", relationType: "knows" };
const knowsLine = JSON.stringify({ type: "relation", ...knows });

describe("reading a file of the official server", () => {
  test("gives entities and relations in order", async () => {
    expect(await parse(`${aliceLine}\n${knowsLine}`)).toEqual([
      { kind: "entity", ...alice },
      { kind: "relation", ...knows },
    ]);
  });

  test("does not mind how lines end, blank ones, or a byte order mark", async () => {
    const plain = await parse(`${aliceLine}\n${knowsLine}`);
    expect(await parse(`\ufeff${aliceLine}\r\n\r\n  \n${knowsLine}\r\n`)).toEqual(plain);
    expect(await parse("")).toEqual([]);
    expect(await parse("\ufeff\n")).toEqual([]);
  });

  test("keeps fields it does not know", async () => {
    const line =
      '{"type":"entity","name":"a","entityType":"t","observations":[],"__proto__":1,"x":[2]}';
    const [record] = await parse(line);
    expect(record).toMatchObject({ kind: "entity", name: "a", extra: { x: [2] } });
    expect(jsonlLine(record as GraphRecord)).toBe(line);
  });

  test.each([
    '"tags":[]',
    '"tags":"x"',
    '"tags":["x","x"]',
    '"tags":["\\ud800"]',
    '"tags":["x",""]',
    '"importance":0.5',
    '"importance":0.50',
    '"importance":7',
    '"importance":"high"',
    '"importance":12345678901234567890',
  ])("keeps fields of others that bear names of ours: %s", async (field) => {
    const line = `{"type":"entity","name":"a","entityType":"t","observations":["o"],${field}}`;
    const [record] = await parse(line);
    expect(record).toMatchObject({ kind: "entity", name: "a", observations: ["o"] });
    expect(jsonlLine(record as GraphRecord)).toBe(line);
  });

  test("understands tags and importance in any spelling of the number", async () => {
    const line =
      '{"type":"entity","name":"a","entityType":"t","observations":[],"tags":["x"],"importance":1.0}';
    expect(await parse(line)).toEqual([
      { kind: "entity", name: "a", entityType: "t", observations: [], tags: ["x"], importance: 1 },
    ]);
  });

  test.each([
    ["a record of another type", '{"type":"note","text":"x"}'],
    ["a line that was torn", '{"type":"entity","name":"al'],
    ["no object", "42"],
    ["an entity without a name", '{"type":"entity","entityType":"t","observations":[]}'],
    ["an empty name", '{"type":"entity","name":"","entityType":"t","observations":[]}'],
    ["half a character", '{"type":"entity","name":"\\ud800","entityType":"t","observations":[]}'],
    [
      "observations that are no texts",
      '{"type":"entity","name":"a","entityType":"t","observations":[1]}',
    ],
    ["a relation to nothing", '{"type":"relation","from":"a","relationType":"t"}'],
  ])("keeps %s as it is, wherever it stands", async (_, line) => {
    const foreign = { kind: "foreign", line };
    expect(await parse(`${aliceLine}\n${line}`)).toEqual([{ kind: "entity", ...alice }, foreign]);
    expect(await parse(`${line}\n${aliceLine}\n`)).toEqual([foreign, { kind: "entity", ...alice }]);
  });

  test("drops what a crash filled with NUL", async () => {
    expect(await parse(`${aliceLine}\n\0\0\0`)).toEqual([{ kind: "entity", ...alice }]);
    expect(await parse(`${aliceLine}\0\0\0`)).toEqual([{ kind: "entity", ...alice }]);
    expect(await parse('{"type":\0\0"entity"}')).toEqual([
      { kind: "foreign", line: '{"type":\ufffd\ufffd"entity"}' },
    ]);
  });

  test.each([0, 2])("takes the older form, one object, indented by %d", async (indent) => {
    const graph = { entities: [alice, { name: 1 }], relations: [knows], version: 3 };
    expect(await parse(JSON.stringify(graph, null, indent))).toEqual([
      { kind: "entity", ...alice },
      { kind: "foreign", line: '{"name":1}' },
      { kind: "relation", ...knows },
      { kind: "foreign", line: '{"version":3}' },
    ]);
  });

  test("takes what a graph cannot keep of the older form as a line that the official server reads", async () => {
    const long = { ...alice, name: "n".repeat(1001) };
    expect(await parse(JSON.stringify({ entities: [long, alice], relations: [] }))).toEqual([
      { kind: "foreign", line: JSON.stringify({ type: "entity", ...long }) },
      { kind: "entity", ...alice },
    ]);
  });

  test("is the same whatever pieces the text comes in", async () => {
    const text = `\ufeff${aliceLine}\r\n{"torn\n${knowsLine}\n`;
    const whole = await parse(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 8 }), async (cuts) => {
        const ends = [...cuts, text.length].sort((one, other) => one - other);
        const pieces = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
        expect(await parse(...pieces)).toEqual(whole);
      }),
      { seed: 6 },
    );
  });
});

describe("writing a file of the official server", () => {
  test("puts keys in its order, a line feed between lines and none at the end", async () => {
    const records: GraphRecord[] = [
      { kind: "entity", ...alice, tags: ["x"], importance: 0.7, extra: { since: 2020 } },
      { kind: "relation", ...knows },
      { kind: "foreign", line: "{torn" },
    ];
    const marked = '"tags":["x"],"importance":0.7,"since":2020}';
    expect(await format(records)).toBe(`${aliceLine.slice(0, -1)},${marked}\n${knowsLine}\n{torn`);
  });

  test("gives back what it writes", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 });
    const name = text.filter((name) => name.trim() !== "" && !name.includes("\0"));
    const plain = text.filter((text) => !text.includes("\0"));
    const record: fc.Arbitrary<GraphRecord> = fc.oneof(
      fc.record({
        kind: fc.constant("entity" as const),
        name,
        entityType: plain,
        observations: fc.array(plain, { maxLength: 4 }),
      }),
      fc.record({
        kind: fc.constant("relation" as const),
        from: name,
        to: name,
        relationType: plain,
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 6 }), async (records) => {
        expect(await parse(await format(records))).toEqual(records);
      }),
      { seed: 7 },
    );
  });
});

async function parse(...pieces: string[]): Promise<GraphRecord[]> {
  return collect(parseJsonl(each(pieces)));
}

async function format(records: readonly GraphRecord[]): Promise<string> {
  return (await collect(formatJsonl(each(records)))).join("");
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}
