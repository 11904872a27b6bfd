import fc from "fast-check";
import { expect, test } from "vitest";
import { checkRange, paragraphAt } from "../../src/editing/docs/places.ts";
import { insertTable } from "../../src/editing/docs/requests.ts";
import { textRuns } from "../../src/editing/docs/text-runs.ts";
import { deleteRange, insertText } from "../fake/docs/edits.ts";
import { type Node, paragraph, shown, sizeOfAll } from "../fake/docs/model.ts";

// What is checked before Google is asked, against what the stand-in refuses.

const text = fc.string({ unit: fc.constantFrom("a", "b", "日"), maxLength: 4 });
const cell = fc.array(
  text.map((one) => paragraph(one)),
  { minLength: 1, maxLength: 2 },
);
const table = fc
  .array(fc.tuple(cell, cell), { minLength: 1, maxLength: 2 })
  .map((rows): Node => ({ kind: "table", rows }));
const body = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: text.map((one): Node[] => [paragraph(one)]) },
      { weight: 1, arbitrary: table.map((one): Node[] => [paragraph(""), one]) },
    ),
    { maxLength: 4 },
  )
  .map((parts): Node[] => [...parts.flat(), paragraph("end")]);

const contentOf = (nodes: Node[]) => [{ endIndex: 1, sectionBreak: {} }, ...shown(nodes, 1)];

const isRefused = (work: () => void) => {
  try {
    work();
    return false;
  } catch {
    return true;
  }
};

test("a place is refused where Google would refuse it", () => {
  fc.assert(
    fc.property(body, fc.nat(40), (nodes, index) => {
      const content = contentOf(nodes);
      const here = isRefused(() => paragraphAt(content, index));
      expect(here).toBe(isRefused(() => insertText(nodes, 1, index, "x")));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("a range is refused where Google would refuse it, and takes away what it says", () => {
  fc.assert(
    fc.property(body, fc.nat(40), fc.nat(40), (nodes, start, end) => {
      const content = contentOf(nodes);
      const size = sizeOfAll(nodes);
      const here = isRefused(() => checkRange(content, start, end));
      expect(here).toBe(isRefused(() => deleteRange(nodes, 1, start, end)));
      if (!here) expect(sizeOfAll(nodes)).toBe(size - (end - start));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test("every text of a table lands in its cell", () => {
  const rows = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(rows, (texts) => {
      const index = 4;
      const columns = Math.max(...texts.map((row) => row.length));
      const changes = insertTable(texts, index, "t");
      const empty = Array.from({ length: texts.length }, () =>
        Array.from({ length: columns }, () => [paragraph("")]),
      );
      const nodes: Node[] = [paragraph("abc"), { kind: "table", rows: empty }, paragraph("")];
      for (const { insertText: one } of changes.slice(1)) {
        insertText(nodes, 1, one?.location?.index ?? 0, one?.text ?? "");
      }
      const cells = textRuns(shown(nodes, 1)).slice(1, -1);
      const wanted = texts.flatMap((row) =>
        Array.from({ length: columns }, (_, at) => `${row[at] ?? ""}\n`),
      );
      expect(cells.map((run) => run.text)).toEqual(wanted);
    }),
    { seed: 1 },
  );
});
