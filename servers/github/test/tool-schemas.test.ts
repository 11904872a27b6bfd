import path from "node:path";
import type { Tool } from "@portico/core";
import { connect, toolSnapshots } from "@portico/core/testing";
import { describe, expect, test } from "vitest";
import { parseHost } from "../src/api/base.ts";
import { tokenCredentials } from "../src/auth/credential.ts";
import { selectionOf, type Wanted } from "../src/selection.ts";
import { gitHub } from "../src/server.ts";
import { allTools } from "../src/tools/all-tools.ts";

// What a host puts before its model. A change of tool-schemas.snap is a change of the published interface.

const snapshot = path.join(import.meta.dirname, "tool-schemas.snap");

const listing = (wanted: Wanted) =>
  gitHub({
    addresses: parseHost("https://github.com", "GITHUB_HOST"),
    credentials: tokenCredentials("good"),
    selection: selectionOf(wanted),
  });

async function listed(wanted: Wanted): Promise<readonly Tool[]> {
  await using client = await connect(listing(wanted));
  return await client.listTools();
}

const bytes = (tools: readonly Tool[]) => Buffer.byteLength(JSON.stringify(tools));

test("the tools are published as reviewed", async () => {
  const all = listing({ toolsets: ["all", "archived"] });
  await expect(await toolSnapshots(all)).toMatchFileSnapshot(snapshot);
});

test("the usual tools together cost a model less than 4,000 tokens", async () => {
  expect(bytes(await listed({}))).toBeLessThan(16_000);
});

test.each([
  ["context", 800],
  ["repos", 5_600],
  ["issues", 4_400],
  ["pull_requests", 5_000],
  ["users", 600],
])("the toolset %s costs no more than %i bytes of that", async (toolset, most) => {
  const usual = new Set((await listed({})).map(({ name }) => name));
  const tools = await listed({ toolsets: [toolset] });
  expect(bytes(tools.filter(({ name }) => usual.has(name)))).toBeLessThan(most);
});

describe("each tool", () => {
  const tools = allTools.map((tool) => [tool.published.name, tool] as const);

  test.each(tools)("%s says what it answers and what it does", (_, { published, effect }) => {
    expect(published.outputSchema?.type).toBe("object");
    const isReading = published.annotations?.readOnlyHint === true;
    expect(isReading).toBe(effect === "reads");
    if (!isReading) expect(published.annotations?.destructiveHint).toBe(effect === "destroys");
  });

  test.each(tools.filter(([, { bound }]) => bound === "repository"))(
    "%s takes the owner and the repository that hold it within bounds",
    (_, { published }) => {
      expect(published.inputSchema.required).toEqual(expect.arrayContaining(["owner", "repo"]));
    },
  );

  test.each(tools.filter(([, { bound }]) => bound === "search"))(
    "%s takes the query that holds it within bounds",
    (_, { published, stands }) => {
      const name = stands ? "q" : "query";
      expect(published.inputSchema.required).toContain(name);
    },
  );
});
