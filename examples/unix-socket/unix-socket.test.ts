import { mkdtemp, rm } from "node:fs/promises";
import { createConnection, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { echoPeer, type OpenByteStream, testByteStream } from "@portico/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dial, listen, overSocket } from "./unix-socket.ts";

let folder: string;
let path: string;
let server: Server;
let far: Socket;

// Node has no Unix sockets on Windows.
describe.skipIf(process.platform === "win32")("a Unix socket", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "portico-unix-"));
    path = join(folder, "mcp.sock");
    server = await listen(path, (transport, socket) => {
      echoPeer(transport);
      far = socket;
    });
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  testByteStream("unix socket", open, test);

  test("dialling a socket nobody listens on fails", async () => {
    await expect(dial(join(folder, "nobody.sock"))).rejects.toThrow("ENOENT");
  });
});

async function open(): Promise<OpenByteStream> {
  const accepted = new Promise((resolve) => server.once("connection", resolve));
  const socket = createConnection(path);
  await accepted;
  return {
    transport: overSocket(socket),
    writeRaw: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    endRaw: () => socket.end(),
    stall() {
      const peer = far;
      peer.pause();
      return () => peer.resume();
    },
  };
}
