import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Place } from "../pair.ts";

/** Fills in the template as a person would, then reads what it leads to. */
export async function check(client: Client, { revision }: Place): Promise<void> {
  const [template] = await client.listResourceTemplates();
  assert.equal(template?.uriTemplate, "air://{country}/{town}");
  assert.deepEqual(await client.listResources(), []);

  assert.deepEqual(await suggestions(client, "country", "nor"), ["norway"]);
  const country = { country: "norway" };
  // Clients tell what was filled in already since 2025-06-18; before, towns of all countries are suggested.
  const known = revision >= "2025-06-18" ? ["oslo", "trondheim"] : ["oslo", "trondheim", "porto"];
  assert.deepEqual(await suggestions(client, "town", "o", country), known);

  const { contents } = await client.readResource("air://norway/oslo");
  assert.deepEqual(contents, [{ uri: "air://norway/oslo", mimeType: "text/plain", text: "24" }]);
  await assert.rejects(client.readResource("air://norway/porto"), /not found/);
}

async function suggestions(
  client: Client,
  name: string,
  value: string,
  filledIn: Record<string, string> = {},
): Promise<string[]> {
  const { completion } = await client.complete({
    ref: { type: "ref/resource", uri: "air://{country}/{town}" },
    argument: { name, value },
    context: { arguments: filledIn },
  });
  return completion.values;
}
