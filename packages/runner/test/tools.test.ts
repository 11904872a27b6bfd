import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { ServerProcess } from "./server-process.ts";

async function started(args: readonly string[] = [], main?: string): Promise<ServerProcess> {
  const server = new ServerProcess(args, main === undefined ? {} : { main });
  onTestFinished(() => void server.child.kill("SIGKILL"));
  await server.initialize();
  return server;
}

async function toolNames(server: ServerProcess): Promise<string[]> {
  const { result } = await server.request("tools/list");
  return (result as unknown as { tools: { name: string }[] }).tools.map(({ name }) => name);
}

describe("the tools on offer", () => {
  it("are all without a flag", async () => {
    const server = await started();
    const reading = ["read_note", "search_notes"];
    const others = ["write_note", "settings", "fail", "relay", "hang", "linger"];
    expect(await toolNames(server)).toEqual([...reading, ...others]);
  });

  it("are those that change nothing with --read-only; others cannot be called either", async () => {
    const server = await started(["--read-only"]);
    expect(await toolNames(server)).toEqual(["read_note", "search_notes"]);
    expect(await server.callTool("write_note")).toBe("error -32602: Unknown tool: write_note");
    expect(await server.callTool("no_such_tool")).toBe("error -32602: Unknown tool: no_such_tool");
    expect(await server.callTool("read_note")).toBe("read_note: nothing yet");
  });

  it("cannot be reached through another tool once they are off", async () => {
    const server = await started(["--disable-tools", "write_note"]);
    expect(await server.callTool("relay", { tool: "write_note" })).toContain("Unknown tool");
    expect(await server.callTool("relay", { tool: "read_note" })).toContain("nothing yet");
  });

  it("are what the server makes of the flags where it follows them itself", async () => {
    const main = fileURLToPath(new URL("./fixtures/selects.ts", import.meta.url));
    const server = await started(["--tools=made_up", "--read-only"], main);
    expect(await toolNames(server)).toEqual(["made_up"]);
    expect(await server.callTool("made_up")).toBe("made_up");
  });

  it("are only the named ones with --tools, minus those of --disable-tools", async () => {
    const server = await started(["--tools=read_note,settings,hang", "--disable-tools", "hang"]);
    expect(await toolNames(server)).toEqual(["read_note", "settings"]);
    expect(await server.callTool("hang")).toBe("error -32602: Unknown tool: hang");
    expect(await server.callTool("write_note")).toBe("error -32602: Unknown tool: write_note");
  });
});

describe("the configuration a server gets", () => {
  it("has typed values of its own flags and of every server's", async () => {
    const server = await started([
      "/tmp",
      "--page-size=7",
      "--no-allow-drafts",
      "--log-level=error",
    ]);
    expect(JSON.parse(await server.callTool("settings"))).toEqual({
      positionals: ["/tmp"],
      options: {
        "page-size": 7,
        "allow-drafts": false,
        transport: "stdio",
        tools: [],
        "disable-tools": [],
        "read-only": false,
        "log-level": "error",
        "log-format": "text",
        host: "127.0.0.1",
        port: 3000,
        path: "/mcp",
        "allowed-hosts": [],
        "allowed-origins": [],
        "allow-unauthenticated": false,
      },
    });
  });
});
