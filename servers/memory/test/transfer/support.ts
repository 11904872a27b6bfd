import fc from "fast-check";
import type { GraphRecord } from "../../src/graph/types.ts";
import { type Format, formatGraph, parseGraph } from "../../src/transfer/format.ts";

/** A graph as text, and what was said of it. */
export async function written(
  format: Format,
  records: readonly GraphRecord[],
): Promise<{ text: string; said: string[] }> {
  const said: string[] = [];
  const telling = { say: (sentence: string) => void said.push(sentence) };
  let text = "";
  for await (const piece of formatGraph(format, each(records), telling)) text += piece;
  return { text, said };
}

/** The records of a text, and what was said of it. */
export async function read(
  format: Format,
  ...pieces: string[]
): Promise<{ records: GraphRecord[]; said: string[] }> {
  const said: string[] = [];
  const records: GraphRecord[] = [];
  const parsed = parseGraph(format, each(pieces), (sentence) => void said.push(sentence));
  for await (const record of parsed) records.push(record);
  return { records, said };
}

/** Items one after the other. */
export async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

/** What is likely to be taken for markup, and characters that are hard to carry. */
const NASTY = [
  ..."\\`*_{}[]()<>#|~&!$^=@%:;,.+-/\"'\n\r\t\u0001\u0085\u00a0\u200b\u202e\u2028\ufeff\uffff 1a€𝄞",
  "[[../../etc/passwd]]",
  "<script>",
  "](javascript:x)",
  "]]>",
  "&amp;",
  "&#10;",
  "-->",
  "## ",
  "www.",
  "https://",
  "\r\n",
];

/** Texts that a graph can keep. */
export const anyText: fc.Arbitrary<string> = fc
  .oneof(
    fc.array(fc.constantFrom(...NASTY), { maxLength: 12 }).map((parts) => parts.join("")),
    fc.string({ unit: "grapheme", maxLength: 20 }),
  )
  .filter((text) => !text.includes("\0") && text.isWellFormed());

const anyName = anyText.filter((text) => text.trim() !== "");

const anyExtra = fc.option(
  fc.dictionary(
    anyText.filter((key) => !FIELDS.has(key)),
    fc.oneof(anyText, fc.integer(), fc.constant(null), fc.array(fc.boolean(), { maxLength: 2 })),
    { minKeys: 1, maxKeys: 3, noNullPrototype: true },
  ),
  { nil: undefined },
);

const FIELDS = new Set(
  "type kind name entityType observations tags importance from to relationType".split(" "),
);

const anyEntity = fc
  .record({
    name: anyName,
    entityType: anyText,
    observations: fc.uniqueArray(anyText, { maxLength: 4 }),
    tags: fc.option(fc.uniqueArray(anyName, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    importance: fc.option(fc.constantFrom(0, 0.25, 0.9, 1), { nil: undefined }),
    extra: anyExtra,
  })
  .map((fields): GraphRecord => ({ kind: "entity", ...known(fields) }));

const anyRelation = fc
  .record({ from: anyName, to: anyName, relationType: anyText, extra: anyExtra })
  .map((fields): GraphRecord => ({ kind: "relation", ...known(fields) }));

const anyForeign = anyName.map((text): GraphRecord => {
  return { kind: "foreign", line: JSON.stringify({ type: "note", text }) };
});

/** Graphs as a store exports them: entities, relations, foreign records, none of them twice. */
export const anyGraph: fc.Arbitrary<GraphRecord[]> = fc
  .tuple(
    fc.uniqueArray(anyEntity, { maxLength: 5, selector: keyOf }),
    fc.uniqueArray(anyRelation, { maxLength: 4, selector: keyOf }),
    fc.uniqueArray(anyForeign, { maxLength: 2, selector: keyOf }),
  )
  .map((parts) => parts.flat());

function keyOf(record: GraphRecord): string {
  if (record.kind === "foreign") return record.line;
  if (record.kind === "entity") return record.name;
  return JSON.stringify([record.from, record.relationType, record.to]);
}

function known<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
