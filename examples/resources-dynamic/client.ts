import assert from "node:assert/strict";
import type { Client } from "@portico/core";

/** Sees notes come and go. */
export async function check(client: Client): Promise<void> {
  assert.deepEqual(await client.listResources(), []);
  for (const name of ["apples", "bread", "cheese"]) {
    await client.callTool("write_note", { name, text: `Buy ${name}.` });
  }

  // One page at a time, for lists too long to hold; `listResources` puts them together.
  const pages: string[][] = [];
  for await (const { resources } of client.pages("resources/list")) {
    pages.push(resources.map(({ name }) => name));
  }
  assert.deepEqual(pages, [["apples", "bread"], ["cheese"]]);
  const { contents } = await client.readResource("note://bread");
  assert.deepEqual(contents, [{ uri: "note://bread", mimeType: "text/plain", text: "Buy bread." }]);

  await client.callTool("remove_note", { name: "bread" });
  const left = await client.listResources();
  assert.deepEqual(
    left.map(({ uri }) => uri),
    ["note://apples", "note://cheese"],
  );
  await assert.rejects(client.readResource("note://bread"), /not found/);
}
