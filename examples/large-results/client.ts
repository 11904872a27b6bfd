import assert from "node:assert/strict";
import type { CallToolResult, Client } from "@portico/core";
import type { Place } from "../pair.ts";

interface Page {
  readonly orders: readonly { readonly id: number }[];
  readonly left: number;
}

/** Turns the pages, and reads the whole where the model need not. */
export async function check(client: Client, place: Place): Promise<void> {
  await turnPages(client);
  await readWhole(client, place);
}

async function turnPages(client: Client): Promise<void> {
  const ids: number[] = [];
  for (let left = 1; left > 0; ) {
    const after = ids.at(-1) ?? 0;
    const result = await client.callTool("list_orders", { after });
    const [page, note] = textsOf(result);
    const { orders, ...rest } = JSON.parse(page ?? "") as Page;
    ids.push(...orders.map(({ id }) => id));
    left = rest.left;
    assert.equal(
      note,
      left > 0 ? `${left} more: call again with after = ${ids.at(-1)}.` : undefined,
    );
  }
  assert.deepEqual(
    ids,
    Array.from({ length: 120 }, (_, at) => at + 1),
  );
}

async function readWhole(client: Client, { revision }: Place): Promise<void> {
  const reported: number[] = [];
  const onProgress = ({ progress }: { progress: number }) => void reported.push(progress);
  const result = await client.callTool("export_orders", {}, { onProgress });
  assert.deepEqual(reported, [50, 100]);

  // Links exist since 2025-06-18; before, the client gets the URI as text.
  const link = result.content.find((block) => block.type === "resource_link");
  const uri = link?.uri ?? textsOf(result)[1]?.split(": ")[1] ?? "";
  assert.equal(link !== undefined, revision >= "2025-06-18");
  const { contents } = await client.readResource(uri);
  const [file] = contents;
  assert.ok(file && "text" in file);
  assert.equal(file.text.split("\n").length, 121);
}

function textsOf({ content }: CallToolResult): string[] {
  return content.flatMap((block) => (block.type === "text" ? [block.text] : []));
}
