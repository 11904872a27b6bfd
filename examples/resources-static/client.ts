import assert from "node:assert/strict";
import type { Client } from "@portico/core";

/** Chooses what is meant for the model, and reads that. */
export async function check(client: Client): Promise<void> {
  const pages = await client.listResources();
  assert.deepEqual(
    pages.map(({ uri }) => uri),
    ["handbook://style", "handbook://hours"],
  );

  const [page, ...others] = pages.filter(({ annotations }) =>
    annotations?.audience?.includes("assistant"),
  );
  assert.deepEqual(others, []);
  const { contents } = await client.readResource(page?.uri ?? "");
  assert.deepEqual(contents, [
    {
      uri: "handbook://style",
      mimeType: "text/markdown",
      text: "# House style\n\nShort sentences. No exclamation marks.",
    },
  ]);

  await assert.rejects(client.readResource("handbook://salaries"), /not found/);
}
