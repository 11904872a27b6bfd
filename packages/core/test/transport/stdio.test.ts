import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "vitest";
import type { OpenByteStream } from "../../src/testing/open-transport.ts";
import { testByteStream, testTransport } from "../../src/testing/test-transport.ts";
import { stdioClient } from "../../src/transport/stdio-client.ts";
import { streamTransport } from "../../src/transport/streams.ts";

const echoServer = fileURLToPath(new URL("echo-server.ts", import.meta.url));

testByteStream("stdio server", openPipes, test);

testTransport(
  "stdio client",
  () => ({ transport: stdioClient({ command: process.execPath, args: [echoServer] }) }),
  test,
);

/** The server end in a process of its own, with the pipes to it in hand. */
function openPipes(): OpenByteStream {
  const child = spawn(process.execPath, [echoServer], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  return {
    transport: streamTransport({ input: child.stdout, output: child.stdin }),
    writeRaw: (bytes) => new Promise((resolve) => child.stdin.write(bytes, () => resolve())),
    endRaw: () => child.stdin.end(),
    stall() {
      child.kill("SIGSTOP");
      return () => child.kill("SIGCONT");
    },
    async dispose() {
      child.stdin.destroy();
      await exited;
    },
  };
}
