import assert from "node:assert/strict";
import type { Client } from "@portico/core";
import type { Meeting } from "../pair.ts";

/** Makes a call that works and one that cannot, and finds both in the log and in the metrics. */
export async function check(client: Client, { url }: Meeting): Promise<void> {
  await client.callTool("divide", { a: 84, b: 2 });
  await client.callTool("divide", { a: 84, b: 0 });

  const log = JSON.stringify(await client.readResource("log://last"));
  assert.match(log, /tools\/call divide ok\\ntools\/call divide tool_error/);
  assert.doesNotMatch(log, /84/, "arguments are not logged");

  // Without HTTP nobody scrapes and nobody checks: whoever started the process sees whether it lives.
  if (url === undefined) return;
  const health = await fetch(new URL("/healthz", url));
  assert.deepEqual([health.status, await health.text()], [200, "ok\n"]);
  const metrics = await (await fetch(new URL("/metrics", url))).text();
  assert.match(metrics, /^mcp_server_calls_total\{.*name="divide",status="ok"\} \d+$/m);
  assert.match(metrics, /^mcp_server_calls_total\{.*name="divide",status="tool_error"\} \d+$/m);
}
