import type { Client } from "@portico/core";
import { call, refusal, structured } from "@portico/testing-servers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FakeDocs } from "../fake/docs/docs.ts";
import { type Node, paragraph } from "../fake/docs/model.ts";
import { open } from "../support/servers.ts";

const ID = "doc-1";

async function openDocs(body: Node[]): Promise<{ client: Client; docs: FakeDocs }> {
  const docs = new FakeDocs();
  docs.documents.set(ID, { title: "Report", tabs: [{ id: "t.0", body }] });
  const { client } = await open({ toolsets: ["docs"], fake: { parts: [docs.routes] } });
  return { client, docs };
}

async function markdownOf(client: Client): Promise<string[]> {
  const { blocks } = await structured<{ blocks: { markdown: string }[] }>(client, "read_document", {
    document_id: ID,
  });
  return blocks.map(({ markdown }) => markdown);
}

const SAMPLE = `# Tea

Made **with _care_** and [water](https://example.com/), ~~not~~ \`code\`.

- green
  - sencha
  - gyokuro
- black 🍵

1. boil
2. pour

> wise words

| Tea | °C |
| --- | --- |
| **green** | 80 |

## After

\`\`\`
let x = 1;
  let y;
\`\`\`
`;

const WANTED = [
  "# Tea",
  "Made **with** **_care_** and [water](https://example.com/), ~~not~~ `code`.",
  "- green",
  "  - sencha",
  "  - gyokuro",
  "- black 🍵",
  "1. boil",
  "1. pour",
  "wise words",
  "| **Tea** | **°C** |\n| --- | --- |",
  "| **green** | 80 |",
  "## After",
  "`let x = 1;<br>  let y;`",
];

test("Markdown becomes formatted paragraphs, lists and tables", async () => {
  const { client } = await openDocs([paragraph("")]);
  await call(client, "insert_markdown", { document_id: ID, markdown: SAMPLE });
  expect(await markdownOf(client)).toEqual(WANTED);
});

test("what is around it keeps its own look", async () => {
  const body = [paragraph("Before, after", "HEADING_3"), paragraph("end")];
  const { client } = await openDocs(body);
  const markdown = "plain\n\n- item";
  await call(client, "insert_markdown", { document_id: ID, markdown, after: "Before," });
  expect(await markdownOf(client)).toEqual(["### Before,", "plain", "- item", "###  after", "end"]);
});

test("pictures become links, and links that run something are left out", async () => {
  const { client } = await openDocs([paragraph("")]);
  const markdown =
    "![cup](https://example.com/cup.png) [x](javascript:alert(1)) [y][1]\n\n[1]: https://example.com/y";
  await call(client, "insert_markdown", { document_id: ID, markdown });
  expect(await markdownOf(client)).toEqual([
    "[cup](https://example.com/cup.png) x [y](https://example.com/y)",
  ]);
});

test("Markdown without anything to see is refused", async () => {
  const { client } = await openDocs([paragraph("x")]);
  const args = { document_id: ID, markdown: "[1]: https://example.com/y" };
  expect(await refusal(client, "insert_markdown", args)).toContain("nothing in the Markdown");
});

test("a list is made of paragraphs, and taken away again", async () => {
  const { client } = await openDocs([paragraph("one"), paragraph("two")]);
  const args = { document_id: ID, text: "one\ntwo" };
  await call(client, "style_text", { ...args, list: "numbers" });
  expect(await markdownOf(client)).toEqual(["1. one", "1. two"]);
  await call(client, "style_text", { ...args, list: "none" });
  expect(await markdownOf(client)).toEqual(["one", "two"]);
});

const word = fc.stringMatching(/^[a-z🍵]{1,6}$/u);
const block = fc.oneof(
  word,
  fc.tuple(fc.integer({ min: 1, max: 6 }), word).map(([n, text]) => `${"#".repeat(n)} ${text}`),
  fc
    .array(fc.tuple(fc.boolean(), word), { minLength: 1, maxLength: 4 })
    .map((items) =>
      items.map(([isDeep, text], at) => `${isDeep && at > 0 ? "  " : ""}- ${text}`).join("\n"),
    ),
  fc.tuple(word, word).map(([a, b]) => `| **${a}** | **${b}** |\n| --- | --- |\n| ${b} | ${a} |`),
  word.map((text) => `**${text}**`),
  word.map((text) => `\`${text}\``),
);

test("what is written as Markdown is read as the same, wherever it is put", async () => {
  const property = fc.asyncProperty(
    fc.array(block, { minLength: 1, maxLength: 6 }),
    fc.constantFrom(undefined, "Be", "Before", "first"),
    async (blocks, after) => {
      const { client } = await openDocs([paragraph("Before", "TITLE"), paragraph("first")]);
      const markdown = blocks.join("\n\n<!-- -->\n\n").replaceAll("<!-- -->\n\n", "");
      await call(client, "insert_markdown", {
        document_id: ID,
        markdown,
        ...(after !== undefined && { after }),
      });
      const read = (await markdownOf(client)).join("\n").split("\n");
      const lines = markdown.split("\n").filter((line) => line !== "");
      const around = {
        Be: ["# Be", ...lines, "# fore", "first"],
        Before: ["# Before", ...lines, "first"],
        first: ["# Before", "first", ...lines],
      };
      expect(read).toEqual(around[after ?? "first"]);
    },
  );
  await fc.assert(property, { seed: 5, numRuns: 60 });
});
