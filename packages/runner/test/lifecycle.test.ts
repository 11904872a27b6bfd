import { describe, expect, it, onTestFinished } from "vitest";
import { ServerProcess } from "./server-process.ts";

/** The fixture listens on a socket and has a timer, so nothing here ends by itself. */
async function started(args: readonly string[] = []): Promise<ServerProcess> {
  const server = new ServerProcess(args);
  onTestFinished(() => void server.child.kill("SIGKILL"));
  await server.initialize();
  return server;
}

describe("a running server", () => {
  it("closes its resources and exits with 0 when its input ends, whatever is still open", async () => {
    const server = await started();
    server.child.stdin.end();
    const { code, stderr } = await server.ended;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("Notes are closed."),
    });
  });

  it("does not wait for a call that never ends", async () => {
    const server = await started();
    server.send("tools/call", { name: "hang" });
    await server.request("ping");
    server.child.stdin.end();
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
  });

  it("answers what was asked before its input ended", async () => {
    const server = await started();
    const id = server.send("tools/call", { name: "read_note" });
    server.child.stdin.end();
    const { stdout } = await server.ended;
    const last = JSON.parse(stdout.trimEnd().split("\n").at(-1)!);
    expect(last).toMatchObject({ id, result: { content: [{ text: "read_note: nothing yet" }] } });
  });

  it.each(["SIGTERM", "SIGINT"] as const)("closes and exits with 0 on %s", async (signal) => {
    const server = await started();
    server.child.kill(signal);
    const { code, stderr } = await server.ended;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("Notes are closed."),
    });
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("exits at once on a second %s", async (signal, code) => {
    const server = await started(["--while-closing", signal]);
    server.child.kill(signal);
    const ended = await server.ended;
    expect(ended.code).toBe(code);
    expect(ended.stderr).not.toContain("did not close in time");
  });

  it("exits without a resource that does not close", async () => {
    const server = await started(["--while-closing", "hang"]);
    server.child.stdin.end();
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    expect(stderr).toContain("Something did not close in time");
  });

  it("exits with 0 when nobody reads its output any more", async () => {
    const server = await started();
    server.child.stdout.destroy();
    server.send("ping");
    const { code, stderr } = await server.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("broke (EPIPE)") });
  });

  it("logs an unhandled rejection under an id and goes on serving", async () => {
    const server = await started();
    await server.callTool("fail", { how: "reject" });
    await server.logged("Error: lost");
    expect(await server.callTool("read_note")).toBe("read_note: nothing yet");
    server.child.stdin.end();
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/error {3}Unexpected error \w{4,}; please report it/);
  });

  it("logs an uncaught exception under an id, closes and exits with 1", async () => {
    const server = await started();
    server.send("tools/call", { name: "fail", arguments: { how: "throw" } });
    const { code, stderr } = await server.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /critical Unexpected error \w{4,}; please report it.*\n {4}Error: broken/,
    );
    expect(stderr).toContain("Notes are closed.");
  });

  it("writes nothing but messages to standard output", async () => {
    const server = await started();
    server.child.stdin.end();
    const { stdout, stderr } = await server.ended;
    expect(stderr).toContain("printed while starting");
    for (const line of stdout.trimEnd().split("\n")) {
      expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
    }
  });

  it("writes JSON lines to standard error when asked to", async () => {
    const server = await started(["--log-format", "json", "--log-level=debug"]);
    server.child.stdin.end();
    const { stderr } = await server.ended;
    const lines = stderr.split("\n").filter((line) => line.startsWith("{"));
    expect(lines.map((line) => JSON.parse(line).message)).toEqual([
      "portico-notes 1.2.3 serves over stdio.",
      "Notes are closed.",
    ]);
  });
});
