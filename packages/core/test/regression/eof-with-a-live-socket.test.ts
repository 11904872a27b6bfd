import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { RawProcess } from "../bad-input/raw-process.ts";

const program = fileURLToPath(new URL("live-socket-process.ts", import.meta.url));

// Servers that outlive their hosts: an open socket or timer keeps the process after standard input has ended.
test("a server with a live socket and timer is over when standard input ends, its deps freed", async () => {
  const server = new RawProcess(program);
  const clientInfo = { name: "raw", version: "1" };
  const protocolVersion = "2025-11-25";
  await server.request("initialize", { protocolVersion, capabilities: {}, clientInfo });
  expect(await server.end()).toBe(7);
});
