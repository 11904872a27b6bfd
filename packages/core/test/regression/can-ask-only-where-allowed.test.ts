import { expect, test } from "vitest";
import { defineServer, listRoots, REVISIONS, type ResourceSource } from "../../src/index.ts";
import { connect } from "../../src/testing/index.ts";

// On 2026-07-28 only tools/call, prompts/get and resources/read may be answered with questions.
test.each(REVISIONS)("a list on %s knows whether it can ask for roots", async (revision) => {
  const folders: ResourceSource = {
    async list(ctx) {
      if (!ctx.can(listRoots())) return { items: [] };
      const { roots } = await ctx.ask("roots", listRoots());
      return { items: roots.map(({ uri }) => ({ uri, name: "root" })) };
    },
    read: async () => undefined,
  };
  const server = defineServer({ name: "t", version: "1", resources: [folders] });
  await using client = await connect(server, { revision, roots: [{ uri: "file:///work" }] });
  const found = (await client.listResources()).map(({ uri }) => uri);
  expect(found).toEqual(revision === "2026-07-28" ? [] : ["file:///work"]);
});
