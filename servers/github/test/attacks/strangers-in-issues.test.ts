import { textOf } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { allTools } from "../../src/tools/all-tools.ts";
import { openWritten, READS } from "../support/written.ts";

const MARK = "STRANGERS-WORDS";
const locked = { settings: { isLocked: true } };

/** What these toolsets read that no stranger can have written. */
const OWN = [
  "list_issue_types",
  "list_issue_fields",
  "list_discussion_categories",
  "get_label",
  "list_label",
];

const TOOLSETS = ["issues", "pull_requests", "discussions", "projects"];

test("every tool of these toolsets that reads what people wrote is tried below", () => {
  const tools = allTools.filter(
    ({ toolset, stands, effect }) =>
      effect === "reads" && TOOLSETS.includes(stands?.toolset ?? toolset),
  );
  const names = tools.map(({ published }) => published.name);
  const tried = new Set([...READS.map(([name]) => name), ...OWN]);
  expect(names.filter((name) => !tried.has(name))).toEqual([]);
});

describe("GH3: in lockdown", () => {
  test.each(READS)("%s of %j shows nothing a stranger wrote", async (name, args) => {
    const client = await openWritten(MARK, "stranger", locked);
    expect(JSON.stringify(await client.callTool(name, args))).not.toContain(MARK);
  });

  test.each(READS)("%s of %j shows nothing of an account that is gone", async (name, args) => {
    const client = await openWritten(MARK, null, locked);
    expect(JSON.stringify(await client.callTool(name, args))).not.toContain(MARK);
  });

  test.each(READS)("%s of %j shows what a maintainer wrote", async (name, args) => {
    const client = await openWritten(MARK, "maintainer", locked);
    expect(textOf(await client.callTool(name, args))).toContain(MARK);
  });
});

test.each(READS)("without lockdown %s of %j shows it", async (name, args) => {
  const client = await openWritten(MARK, "stranger");
  expect(textOf(await client.callTool(name, args))).toContain(MARK);
});
