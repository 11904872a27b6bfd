import type { docs_v1 } from "@googleapis/docs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findAll, findOnce } from "../find-text.ts";
import { blocksOf } from "./blocks.ts";
import { insertable } from "./requests.ts";
import { tabsOf } from "./tabs.ts";
import { textRuns } from "./text-runs.ts";

type Element = docs_v1.Schema$ParagraphElement;

/** A tab with one paragraph of these elements. */
function tabOf(
  elements: Element[],
  paragraph: docs_v1.Schema$Paragraph = {},
  parts: docs_v1.Schema$DocumentTab = {},
) {
  let index = 1;
  const placed = elements.map((element): Element => {
    const startIndex = index;
    index += element.textRun?.content?.length ?? 1;
    return { startIndex, endIndex: index, ...element };
  });
  const content = [
    { endIndex: 1, sectionBreak: {} },
    { startIndex: 1, endIndex: index, paragraph: { ...paragraph, elements: placed } },
  ];
  return tabsOf({ tabs: [{ documentTab: { ...parts, body: { content } } }] })[0]!;
}

const run = (content: string, textStyle: docs_v1.Schema$TextStyle = {}): Element => ({
  textRun: { content, textStyle },
});

test.each<[string, Element[], string]>([
  ["marks hug words", [run("a "), run(" bold ", { bold: true }), run("b\n")], "a  **bold** b"],
  ["marks nest", [run("x\n", { bold: true, italic: true, strikethrough: true })], "~~**_x_**~~"],
  ["links", [run("x", { link: { url: "https://e.org/" } }), run("\n")], "[x](https://e.org/)"],
  ["line breaks", [run("a\vb\n")], "a<br>b"],
  ["dollars", [run("$& $1 \n", { bold: true })], "**$& $1** "],
  ["people", [{ person: { personProperties: { email: "a@e.org", name: "A" } } }], "@a@e.org"],
  [
    "chips",
    [{ richLink: { richLinkProperties: { title: "T", uri: "https://e.org/" } } }],
    "[T](https://e.org/)",
  ],
  ["footnotes", [run("a"), { footnoteReference: { footnoteNumber: "1" } }, run("\n")], "a[^1]"],
  ["dates", [{ dateElement: { dateElementProperties: { displayText: "May 1" } } }], "May 1"],
  [
    "suggestions",
    [
      { textRun: { content: "new", suggestedInsertionIds: ["s"] } },
      { textRun: { content: "old\n", suggestedDeletionIds: ["s"] } },
    ],
    "{++new++}{--old--}",
  ],
])("%s are written as Markdown", (_, elements, markdown) => {
  expect(blocksOf(tabOf(elements), 0).map((block) => block.markdown)).toEqual([markdown]);
});

test("pictures are named by what is said of them", () => {
  const embeddedObject = { title: "Cup" };
  const inlineObjects = { k: { inlineObjectProperties: { embeddedObject } } };
  const tab = tabOf([{ inlineObjectElement: { inlineObjectId: "k" } }], {}, { inlineObjects });
  expect(blocksOf(tab, 0)[0]?.markdown).toBe("![Cup](k)");
});

test.each([
  ["GLYPH_TYPE_UNSPECIFIED", 0, "- x"],
  ["DECIMAL", 0, "1. x"],
  ["UPPER_ROMAN", 1, "  1. x"],
])("an item of a list of %s at level %i is %j", (glyphType, nestingLevel, markdown) => {
  const listProperties = { nestingLevels: [{ glyphType }, { glyphType }] };
  const bullet = { listId: "l", nestingLevel };
  const tab = tabOf([run("x\n")], { bullet }, { lists: { l: { listProperties } } });
  expect(blocksOf(tab, 0)[0]?.markdown).toBe(markdown);
});

const words = fc.string({ unit: fc.constantFrom("a", "é", "🍵", "日", " "), maxLength: 6_000 });

test("a long paragraph is cut between characters, and nothing of it is lost", () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 3 }), (texts) => {
      const text = `x${texts.join("")}x`;
      const blocks = blocksOf(tabOf([run(text.slice(0, 1)), run(`${text.slice(1)}\n`)]), 0);
      const joined = blocks.map(({ start, end }) => `${text}\n`.slice(start - 1, end - 1));
      expect(joined.every((part) => part.isWellFormed())).toBe(true);
      // Parts of nothing but blanks are left out.
      expect(joined.join("").replaceAll(" ", "")).toBe(`${text}\n`.replaceAll(" ", ""));
      expect(blocksOf(tabOf([run(`${text}\n`)]), blocks.at(-1)!.start)).toHaveLength(1);
    }),
    { seed: 3, numRuns: 50 },
  );
});

test("what is found is where it is said to be, in whatever case", () => {
  const unit = fc.constantFrom("a", "A", "İ", "ß", "🍵", ".", "*", "\\");
  const text = fc.string({ unit, maxLength: 30 });
  fc.assert(
    fc.property(
      text,
      fc.string({ unit, minLength: 1, maxLength: 3 }),
      text,
      (before, it, after) => {
        const whole = `${before}${it}${after}\n`;
        const runs = textRuns(tabOf([run(before), run(it), run(`${after}\n`)]).body);
        const exact = findAll(runs, it, true);
        expect(exact.length).toBe(whole.split(it).length - 1);
        for (const { start, end } of exact) expect(whole.slice(start - 1, end - 1)).toBe(it);
        expect(findAll(runs, it, false).length).toBeGreaterThanOrEqual(exact.length);
      },
    ),
    { seed: 3 },
  );
});

test("a text is found though invisible characters stand in it", () => {
  const runs = textRuns(tabOf([run("so\u00adft hy\u200bphen\n")]).body);
  expect(findOnce(runs, "soft hyphen")).toMatchObject({ start: 1, end: 14 });
});

test("what Google would leave out of a text is left out before indexes are counted", () => {
  expect(insertable("a\r\nb\rc\u0000\u001f\ue000\ud800\td\v")).toBe("a\nb\nc\ufffd\td\v");
});

test("a heading is found once though a table of contents repeats it", () => {
  const tab = tabOf([run("Heading\n")]);
  const contents = { startIndex: 9, endIndex: 18, tableOfContents: { content: tab.body.slice(1) } };
  expect(findOnce(textRuns([...tab.body, contents]), "Heading").start).toBe(1);
});
