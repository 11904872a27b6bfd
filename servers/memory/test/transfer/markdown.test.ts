import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import type { GraphRecord } from "../../src/graph/types.ts";
import { anyGraph, anyText, read, written } from "./support.ts";

const alice: GraphRecord = {
  kind: "entity",
  name: "Alice",
  entityType: "person",
  observations: ["likes hiking", "speaks *Dutch*"],
  tags: ["vip", "a, b"],
  importance: 0.9,
};
const knows: GraphRecord = {
  kind: "relation",
  from: "Alice",
  to: "Bob [x](y)",
  relationType: "works_with",
};

function rendered(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

describe("a page", () => {
  test("has a heading for an entity, a list of its facts, and relations as links", async () => {
    const { text } = await written("markdown", [alice, knows]);
    expect(text).toBe(
      [
        "# Knowledge graph",
        "",
        "## Alice",
        "",
        "Type: person",
        "",
        "Tags: vip, a&#x2c; b",
        "",
        "Importance: 0.9",
        "",
        "- likes hiking",
        "- speaks \\*Dutch\\*",
        "",
        "# Relations",
        "",
        "- [Alice](#alice) works\\_with [Bob \\[x\\](y)](#bob-xy)",
        "",
      ].join("\n"),
    );
  });

  test("shows what is stored as it is, without any markup or way out of the page", async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async (graph) => {
        const html = rendered((await written("markdown", graph)).text);
        const tags = new Set([...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag));
        for (const tag of tags) {
          expect(tag).toMatch(/^<(\/?(h1|h2|p|ul|li)|\/a|a href="#[^":/]*")>$/);
        }
      }),
      { seed: 43, numRuns: 400 },
    );
  });

  test("shows each fact as an item of its own, with all its words", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyText, { minLength: 1, maxLength: 4 }), async (facts) => {
        const entity: GraphRecord = {
          kind: "entity",
          name: "a",
          entityType: "b",
          observations: facts,
        };
        const html = rendered((await written("markdown", [entity])).text);
        const items = [...html.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item]) => item as string);
        expect(items.map(shownLetters)).toEqual(facts.map(lettersIn));
      }),
      { seed: 44, numRuns: 400 },
    );
  });

  test("holds no wikilink and no path", async () => {
    const evil = "[[../../.ssh/config|click]] ![[secret]] <img src=x onerror=alert(1)>";
    const record: GraphRecord = {
      kind: "entity",
      name: evil,
      entityType: evil,
      observations: [evil],
    };
    const { text } = await written("markdown", [record]);
    expect(text).not.toMatch(/(?<!\\)\[|(?<!\\)</);
    expect((await read("markdown", text)).records).toEqual([record]);
  });
});

describe("a page that a person wrote", () => {
  const page = [
    "# My notes",
    "## Ada &amp; Co",
    "* writes compilers",
    "- drinks tea",
    "a paragraph",
    "## Bob",
    "Type: person",
    "Importance: much",
    "# Relations",
    "- [Bob](https://example.com) likes [Ada & Co](other.md)",
    "- Bob likes nobody",
  ].join("\r\n");

  test("becomes entities with what is listed; other lines are kept as they are", async () => {
    expect((await read("markdown", page)).records).toEqual([
      { kind: "foreign", line: "# My notes" },
      { kind: "foreign", line: "a paragraph" },
      {
        kind: "entity",
        name: "Ada & Co",
        entityType: "thing",
        observations: ["writes compilers", "drinks tea"],
      },
      { kind: "foreign", line: "Importance: much" },
      { kind: "entity", name: "Bob", entityType: "person", observations: [] },
      { kind: "relation", from: "Bob", to: "Ada & Co", relationType: "likes" },
      { kind: "foreign", line: "- Bob likes nobody" },
    ]);
  });

  test("is read whatever it holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText), async (lines) => {
        const { records } = await read("markdown", lines.join("\n"));
        expect(records.length).toBeLessThanOrEqual(lines.join("\n").split("\n").length);
      }),
      { seed: 45 },
    );
  });
});

/** The letters and digits of what HTML shows. */
function shownLetters(html: string): string {
  const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return lettersIn(html.replaceAll(/&(amp|lt|gt|quot);/g, (_, name) => characters[name] as string));
}

function lettersIn(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, "");
}
