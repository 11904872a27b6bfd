import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { isRunning, linger, ready, start, untilGone } from "./processes.ts";

const graceMs = 300;
const ignoreTerm = 'process.on("SIGTERM", () => {});';
/** A grandchild that ignores everything it can and holds the server's output open. */
const grandchild = `
  const child = require("node:child_process").spawn(process.execPath,
    ["-e", ${JSON.stringify(`${ignoreTerm} ${linger} console.error("up");`)}],
    { stdio: ["ignore", "inherit", "pipe"] });
  const whenUp = (run) => child.stderr.once("data", run);
`;
const module = JSON.stringify(new URL("../../src/transport/stdio-client.ts", import.meta.url).href);

describe("closing the client leaves no process behind", () => {
  test("when the server ends at the end of its input", async () => {
    const { client, next, closed, closures } = start(
      `process.stdin.resume(); process.stdin.on("end", () => process.exit(7)); ${linger} ${ready()}`,
    );
    const { pid } = await next();
    await Promise.all([client.close(), client.close()]);
    expect(isRunning(pid)).toBe(false);
    expect(await closed).toBeUndefined();
    expect(closures()).toBe(1);
  });

  test("when the server ends only at SIGTERM", async () => {
    const said: string[] = [];
    const { client, next } = start(
      `process.on("SIGTERM", () => { process.stderr.write("bye", () => process.exit()); }); ${linger} ${ready()}`,
      { graceMs, stderr: (text) => said.push(text) },
    );
    const { pid } = await next();
    await client.close();
    expect(isRunning(pid)).toBe(false);
    expect(said.join("")).toBe("bye");
  });

  test("when the server ignores the end of its input and SIGTERM", async () => {
    const { client, next } = start(`${ignoreTerm} ${linger} ${ready()}`, { graceMs });
    const { pid } = await next();
    await client.close();
    expect(isRunning(pid)).toBe(false);
  });

  test("when the server started others that ignore everything", async () => {
    const { client, next } = start(
      `${grandchild} process.stdin.resume(); process.stdin.on("end", () => process.exit());
       whenUp(() => { ${ready("child.pid")} });`,
      { graceMs },
    );
    const { pid, grandchild: other } = await next();
    expect(isRunning(other)).toBe(true);
    await client.close();
    await untilGone(other);
    expect(isRunning(pid)).toBe(false);
  });

  test("when the server reads nothing while much is sent", async () => {
    const { client, next, closures } = start(`${linger} ${ready()}`, { graceMs });
    const { pid } = await next();
    client.send({ jsonrpc: "2.0", method: "big", params: { text: "x".repeat(4 << 20) } });
    await client.close();
    expect(isRunning(pid)).toBe(false);
    expect(closures()).toBe(1);
  });

  test("when the server goes on writing", async () => {
    const { client, next } = start(
      `${ready()} process.stdin.on("end", () => process.exit()).resume();
       const more = () => process.stdout.write("{}\\n".repeat(20000), more); more();`,
      { graceMs: 5000 },
    );
    const { pid } = await next();
    await client.close();
    expect(isRunning(pid)).toBe(false);
  });

  test("before the server came up", async () => {
    const { client, closures } = start(`${linger}`, { graceMs });
    await client.close();
    expect(closures()).toBe(1);
  });
});

describe("a server that goes wrong leaves nothing behind", () => {
  test("when it crashes in the middle of a call with a process of its own", async () => {
    const { client, next, closed } = start(
      `${grandchild} process.stdin.once("data", () => process.exit(3)); whenUp(() => { ${ready("child.pid")} });`,
      { graceMs },
    );
    const { pid, grandchild: other } = await next();
    client.send({ jsonrpc: "2.0", id: 1, method: "tools/call" });
    expect((await closed)?.message).toContain("exited with code 3");
    await untilGone(other);
    expect(isRunning(pid)).toBe(false);
    await client.close();
  });

  test("when it closes its output but lives on", async () => {
    const { next, closed } = start(`${linger} ${ready()} require("node:fs").closeSync(1);`, {
      graceMs,
    });
    const { pid } = await next();
    expect((await closed)?.message).toContain("was ended by SIGTERM");
    expect(isRunning(pid)).toBe(false);
  });

  test("when it stops reading", async () => {
    const { client, next, closed } = start(
      `require("node:fs").closeSync(0); ${linger} ${ready()}`,
      { graceMs },
    );
    const { pid } = await next();
    client.send({ jsonrpc: "2.0", method: "unheard" });
    expect((await closed)?.message).toContain("was ended by SIGTERM");
    expect(isRunning(pid)).toBe(false);
  });
});

describe("a client process that ends without closing leaves no server behind", () => {
  /** A client process that prints its server's id and then does what `then` says. */
  async function client(then: string, server: string) {
    const code = `
      const { stdioClient } = await import(${module});
      stdioClient({ command: process.execPath, args: ["-e", ${JSON.stringify(server)}] }).start({
        message({ pid }) { console.log(pid); ${then} }, damaged() {}, closed() {},
      });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface(child.stdout)) return { child, server: Number(line) };
    throw new Error("The client process ended too early.");
  }

  test("when it is killed", async () => {
    const stdin = 'process.stdin.on("end", () => process.exit()).resume();';
    const { child, server } = await client("", `${stdin} ${linger} ${ready()}`);
    expect(isRunning(server)).toBe(true);
    child.kill("SIGKILL");
    await untilGone(server);
    await untilGone(child.pid!);
  });

  test("when it exits and the server ignores the end of its input", async () => {
    const { server, child } = await client("process.exit();", `${linger} ${ready()}`);
    await untilGone(server);
    await untilGone(child.pid!);
  });
});
