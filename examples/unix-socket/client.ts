// Starts server.ts on a socket of its own, talks to it and checks every answer: exits with 1 when one is wrong.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@portico/core";
import { dial } from "./unix-socket.ts";

const folder = await mkdtemp(join(tmpdir(), "portico-unix-"));
const path = join(folder, "mcp.sock");
const program = join(import.meta.dirname, "server.ts");
const server = spawn(process.execPath, [...process.execArgv, program, path], {
  stdio: ["ignore", "pipe", "inherit"],
});

try {
  await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
  const clientInfo = { name: "unix-socket-example", version: "1.0.0" };
  const clients = await Promise.all([
    connect(await dial(path), { clientInfo, era: "modern" }),
    connect(await dial(path), { clientInfo, era: "legacy" }),
  ]);
  for (const client of clients) {
    const tools = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ["add"],
    );
    const { structuredContent } = await client.callTool("add", { a: 19, b: 23 });
    assert.deepEqual(structuredContent, { sum: 42 });
    await client.close();
  }
  console.log("Both eras answered over the socket.");
} finally {
  server.kill();
  await rm(folder, { recursive: true });
}
