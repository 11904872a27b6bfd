// Starts server.ts, talks to it over WebSockets in both eras and checks every answer: exits with 1 when one is wrong.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { connect } from "@portico/core";
import { webSocketClient } from "@portico/core/websocket";

const program = join(import.meta.dirname, "server.ts");
const server = spawn(process.execPath, [...process.execArgv, program], {
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = once(server, "exit");

try {
  const [line] = await Promise.race([
    once(server.stdout, "data"),
    ended.then(() => assert.fail("the server ended")),
  ]);
  const url = String(line).trim();
  for (const era of ["modern", "legacy"] as const) {
    const client = await connect(() => webSocketClient(url), {
      clientInfo: { name: "websocket-example", version: "1.0.0" },
      era,
      onElicit: () => ({ action: "accept", content: { name: "Ada" } }),
    });
    const { content } = await client.callTool("greet");
    assert.deepEqual(content, [{ type: "text", text: "Hello, Ada!" }]);
    await client.close();
  }
  server.kill();
  assert.deepEqual(await ended, [0, null]);
  console.log("Both eras asked and answered over WebSockets, and the server left in order.");
} finally {
  server.kill();
}
