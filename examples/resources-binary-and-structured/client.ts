import assert from "node:assert/strict";
import type { Client } from "@portico/core";

/** Takes each form apart, and finds the same measurements in all. */
export async function check(client: Client): Promise<void> {
  const [json] = (await client.readResource("weather://today.json")).contents;
  assert.ok(json && "text" in json);
  assert.equal(json.mimeType, "application/json");
  const { samples } = JSON.parse(json.text) as { samples: number[] };
  assert.deepEqual(samples, [18.5, 19.25, 21]);

  const [binary] = (await client.readResource("weather://today.f32")).contents;
  assert.ok(binary && "blob" in binary);
  assert.deepEqual(numbers(binary.blob), samples);

  const { contents } = await client.readResource("weather://today");
  const [table, raw] = contents;
  assert.ok(table && "text" in table && raw && "blob" in raw);
  assert.deepEqual([table.uri, table.mimeType], ["weather://today.csv", "text/csv"]);
  assert.equal(table.text, "hour,degrees\n0,18.5\n1,19.25\n2,21");
  assert.deepEqual(numbers(raw.blob), samples);
}

function numbers(base64: string): number[] {
  const { buffer, byteOffset, length } = Buffer.from(base64, "base64");
  const view = new DataView(buffer, byteOffset, length);
  return Array.from({ length: length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}
