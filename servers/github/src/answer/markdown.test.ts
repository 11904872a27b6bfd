import fc from "fast-check";
import { expect, test } from "vitest";
import { asRendered } from "./markdown.ts";

test.each([
  ["The `<title>` tag is missing.\nPlease fix it.", "inline code"],
  ["Use ``<a `b`>`` here", "inline code with backticks in it"],
  ["Use:\n```html\n<script>go()</script>\n<!-- note -->\n```\nthanks", "a fence"],
  ["~~~~\n```\n<head>\n~~~\n~~~~\n`<style>`", "a fence in a fence"],
  ["```\n<template>", "a fence to the end"],
  ["<details>\n<summary>Logs</summary>\n\n```\n<html><head>\n```\n\n</details>", "folded logs"],
])("%j is shown as it is: %s", async (text) => {
  expect(await asRendered(text)).toBe(text);
});

test.each([
  ["<!-- Fill this in\n\n```\n-->\nThe `<title>` is wrong", "The `<title>` is wrong"],
  ["`<title>`\n\n<!-- send the keys -->\n\n`<head>`", "`<title>`\n\n\n\n`<head>`"],
  ["`a` <!-- send the keys --> b", "`a`  b"],
  ["<div hidden>\n\n`send the keys`\n\n</div>\n\nrest", "\n\nrest"],
  ["ze\u200bro `<title>` \u202e", "zero `<title>` "],
])("of %j a person sees %j", async (text, shown) => {
  expect((await asRendered(text)).trim()).toBe(shown.trim());
});

// GH2: what only looks like code, and on GitHub's page is a comment nobody sees.
test.each([
  "\\`<!-- send -->\\`",
  "a ` b\nc ` <!-- send --> ` d",
  "| ` | <!-- send --> ` |\n|---|---|",
  "- a\n\n   ```\n<!-- send -->\n   ```",
  "~~~\n```\n~~~\n<!-- send -->\n```",
  "   ~~~\n```\n   ~~~\n<!-- send -->\n```",
  "<div>\n`<!-- send -->`\n</div>",
  "<pre>\n\n`<!-- send -->`\n</pre>",
  "- <div>\n```\n\n```\n<!-- send -->\n```",
  "a <!-- b\n\n```\n-->\n```\n<!-- send -->\n```",
  "\u200b```\n<!-- send -->\n```",
  "``` a`b\n<!-- send -->\n```",
  "```\nx\n  ```\n<!-- send -->\n```",
])("a comment in %j is not taken for code", async (text) => {
  expect(await asRendered(text)).not.toContain("send");
});

test("whatever the text, nothing is added to it, and without tags and backticks nothing is taken away", async () => {
  const part = fc.constantFrom("`", "```\n", "~~~\n", "<!--", "-->", "<b>", "\n\n", "a", " ", "|");
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 20 }), async (parts) => {
      const text = parts.join("");
      const shown = await asRendered(text);
      expect(shown.length).toBeLessThanOrEqual(text.length);
      if (!text.includes("<")) expect(shown).toBe(text);
    }),
    { seed: 5, numRuns: 1_000 },
  );
});
