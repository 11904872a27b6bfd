// Starts each server of this folder, talks to it in both eras and checks every answer: exits with 1 when one is wrong.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type ConnectTarget, connect, httpClient } from "@portico/core";
import worker from "./fetch.ts";

const clientInfo = { name: "mounting-example", version: "1.0.0" };

async function check(target: ConnectTarget): Promise<void> {
  for (const era of ["modern", "legacy"] as const) {
    const client = await connect(target, { clientInfo, era });
    const { structuredContent } = await client.callTool("add", { a: 19, b: 23 });
    assert.deepEqual(structuredContent, { sum: 42 });
    await client.close();
  }
}

for (const name of ["hono", "express", "fastify"]) {
  const program = join(import.meta.dirname, `${name}.ts`);
  const server = spawn(process.execPath, [...process.execArgv, program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await Promise.race([
      once(server.stdout, "data"),
      once(server, "exit").then(() => assert.fail(`${name}.ts ended`)),
    ]);
    const url = new URL(String(line).trim());
    await check(httpClient(url));
    assert.equal(await (await fetch(new URL("/", url))).text(), "The rest of the application.");
    const foreign = { method: "POST", body: "{}", headers: { Origin: "https://evil.example" } };
    assert.equal((await fetch(url, foreign)).status, 403);
  } finally {
    server.kill();
  }
}

// No socket in between: a fetch handler is a function.
const inProcess = (input: string | URL | Request, init?: RequestInit) =>
  worker.fetch(new Request(input, init));
await check(httpClient("https://mcp.example.com/mcp", { fetch: inProcess }));
await worker.close();

console.log("Hono, Express, Fastify and a plain fetch handler answered in both eras.");
