import assert from "node:assert/strict";
import type { Client } from "@portico/core";

const uri = "home://thermostat";

/** Subscribes, lets something change, and reads it anew only then. */
export async function check(client: Client): Promise<void> {
  const subscription = await client.subscribe({ uris: [uri] });
  assert.deepEqual(subscription.granted.uris, [uri]);
  assert.equal(await read(client), "20");

  const seen: string[] = [];
  await client.callTool("set_thermostat", { degrees: 22 });
  for await (const change of subscription) {
    assert.deepEqual(change, { kind: "resource", uri });
    seen.push(await read(client));
    if (seen.length === 2) break;
    await client.callTool("set_thermostat", { degrees: 18 });
  }
  assert.deepEqual(seen, ["22", "18"]);
}

async function read(client: Client): Promise<string> {
  const [content] = (await client.readResource(uri)).contents;
  assert.ok(content && "text" in content);
  return content.text;
}
