import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Client, type ConnectOptions, connect, UrlElicitationRequired } from "@portico/core";
import { stdioClient } from "@portico/core/node";
import { afterEach, describe, expect, test } from "vitest";

const host = { clientInfo: { name: "portico-interop", version: "1.0.0" } };
const open: Client[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function start(
  args: readonly string[],
  options: Partial<ConnectOptions> = {},
  env: Record<string, string> = {},
): Promise<Client> {
  const target = () => stdioClient({ command: process.execPath, args, env, stderr: "ignore" });
  const client = await connect(target, { ...host, ...options });
  open.push(client);
  return client;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "portico-interop-"));
  folders.push(path);
  return path;
}

/** The program a package installs. */
function program(name: string): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = require(manifest) as { bin: Record<string, string> };
  return join(dirname(manifest), Object.values(bin)[0] as string);
}

describe("with the official everything server (SDK v1)", () => {
  const everything = program("@modelcontextprotocol/server-everything");
  const meet = (options: Partial<ConnectOptions> = {}) => start([everything, "stdio"], options);

  test("era auto finds a legacy server", async () => {
    const client = await meet();
    expect(client.server).toMatchObject({
      era: "legacy",
      revision: "2025-11-25",
      info: { name: "mcp-servers/everything" },
    });
    expect(client.server.instructions).toBeTypeOf("string");
    await client.ping();
  });

  test.each(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] as const)(
    "revision %s lists, calls, reads, prompts and completes",
    async (revision) => {
      const client = await meet({ revision });
      expect(client.server.revision).toBe(revision);
      expect((await client.listTools()).map(({ name }) => name)).toContain("echo");
      expect((await client.callTool("echo", { message: "hi" })).content).toEqual([
        { type: "text", text: "Echo: hi" },
      ]);
      const [first] = await client.listResources();
      expect((await client.readResource(first?.uri ?? "")).contents).toHaveLength(1);
      expect(await client.listResourceTemplates()).not.toHaveLength(0);
      expect((await client.listPrompts()).map(({ name }) => name)).toContain("simple-prompt");
      expect((await client.getPrompt("simple-prompt")).messages).not.toHaveLength(0);
      const { completion } = await client.complete({
        ref: { type: "ref/prompt", name: "completable-prompt" },
        argument: { name: "department", value: "E" },
      });
      expect(completion.values).toContain("Engineering");
    },
  );

  test("images, links, annotations and structured output pass the checks", async () => {
    const client = await meet();
    await client.listTools();
    const image = await client.callTool("get-tiny-image");
    expect(image.content.map(({ type }) => type)).toContain("image");
    const links = await client.callTool("get-resource-links", { count: 2 });
    expect(links.content.filter(({ type }) => type === "resource_link")).toHaveLength(2);
    await client.callTool("get-annotated-message", { messageType: "error", includeImage: true });
    const weather = await client.callTool("get-structured-content", { location: "Chicago" });
    expect(weather.structuredContent).toMatchObject({ humidity: 82 });
    const wrong = await client.callTool("get-structured-content", { location: "Atlantis" });
    expect(wrong.isError).toBe(true);
  });

  test("progress arrives, and a call can be cancelled", async () => {
    const client = await meet();
    const reports: number[] = [];
    await client.callTool(
      "trigger-long-running-operation",
      { duration: 0.3, steps: 3 },
      { onProgress: ({ progress }) => void reports.push(progress) },
    );
    // The SDK may send the last report after the answer, when nobody listens any more.
    expect(reports.slice(0, 2)).toEqual([1, 2]);
    const control = new AbortController();
    const call = client.callTool(
      "trigger-long-running-operation",
      { duration: 30, steps: 3000 },
      { signal: control.signal, onProgress: () => control.abort(new Error("enough")) },
    );
    await expect(call).rejects.toThrow("enough");
    await client.ping();
  });

  test("it can sample, elicit and list roots", async () => {
    const client = await meet({
      onSample: ({ messages }) => ({
        role: "assistant",
        model: "test-model",
        content: { type: "text", text: `heard ${messages.length}` },
      }),
      onElicit: () => ({ action: "accept", content: { name: "Ann", check: true } }),
      roots: [{ uri: "file:///project", name: "project" }],
    });
    const sampled = await client.callTool("trigger-sampling-request", { prompt: "hi" });
    expect(JSON.stringify(sampled.content)).toContain("heard 1");
    const elicited = JSON.stringify((await client.callTool("trigger-elicitation-request")).content);
    expect(elicited).toContain("Ann");
    expect(elicited, "defaults are filled in").toContain("dark and stormy night");
    const roots = await client.callTool("get-roots-list");
    expect(JSON.stringify(roots.content)).toContain("file:///project");
    await client.notifyRootsChanged();
    await client.ping();
  });

  test("it can send the user to a page, by a request and by error -32042", async () => {
    const seen: string[] = [];
    const url = ({ url: page }: { url: string }) => {
      seen.push(page);
      return { action: "accept" as const };
    };
    const client = await meet({ onElicit: { url } });
    const args = { url: "https://example.com/in" };
    const asked = await client.callTool("trigger-url-elicitation", args);
    expect(JSON.stringify(asked.content)).toContain("User completed");
    await client.callTool("trigger-url-elicitation", { ...args, errorPath: true });
    expect(seen).toEqual([
      "https://example.com/in",
      "https://modelcontextprotocol.io",
      "https://example.com/in",
    ]);
    const declining = await meet({ onElicit: { url: () => ({ action: "decline" }) } });
    await expect(
      declining.callTool("trigger-url-elicitation", { ...args, errorPath: true }),
    ).rejects.toThrow(UrlElicitationRequired);
  });

  test("updates of a subscribed resource arrive, and logs at the level asked for", async () => {
    const logs: unknown[] = [];
    const client = await meet({ onLog: ({ data }) => void logs.push(data) });
    await client.setLogLevel("debug");
    const [first] = await client.listResources();
    const uri = first?.uri ?? "";
    const changes = await client.subscribe({ uris: [uri] });
    expect(changes.granted).toEqual({ uris: [uri] });
    await client.callTool("toggle-subscriber-updates");
    expect(await changes.next()).toEqual({ done: false, value: { kind: "resource", uri } });
    changes.close();
    expect(logs.join()).toContain(`Received Subscribe Resource request for URI: ${uri}`);
  });
});

describe("with the official filesystem server", () => {
  test("files are listed, written and read; structured output is checked", async () => {
    const directory = await folder();
    await writeFile(join(directory, "a.txt"), "one\ntwo\n");
    const client = await start([program("@modelcontextprotocol/server-filesystem"), directory]);
    expect(await client.listTools()).toHaveLength(14);
    const read = await client.callTool("read_text_file", { path: join(directory, "a.txt") });
    expect(read.structuredContent).toEqual({ content: "one\ntwo\n" });
    await client.callTool("write_file", { path: join(directory, "b.txt"), content: "x" });
    expect(await readFile(join(directory, "b.txt"), "utf8")).toBe("x");
    const outside = await client.callTool("read_text_file", { path: "/etc/passwd" });
    expect(outside.isError).toBe(true);
  });

  test("a server without directories takes the client's roots", async () => {
    const directory = await folder();
    const client = await start([program("@modelcontextprotocol/server-filesystem")], {
      roots: [{ uri: `file://${directory}` }],
    });
    await expect
      .poll(async () => JSON.stringify(await client.callTool("list_allowed_directories")))
      .toContain(directory);
  });
});

test("with the official memory server a graph is written and read", async () => {
  const file = join(await folder(), "memory.jsonl");
  const client = await start(
    [program("@modelcontextprotocol/server-memory")],
    {},
    {
      MEMORY_FILE_PATH: file,
    },
  );
  await client.listTools();
  const entities = [{ name: "Ann", entityType: "person", observations: ["likes tea"] }];
  await client.callTool("create_entities", { entities });
  const graph = await client.callTool("read_graph");
  expect(graph.structuredContent).toMatchObject({ entities });
});

describe("with a server on the official SDK v2", () => {
  const server = fileURLToPath(new URL("fixtures/sdk-v2-server.ts", import.meta.url));
  const meet = (options: Partial<ConnectOptions> = {}) => start([server], options);

  test("era auto finds a modern server", async () => {
    const client = await meet();
    expect(client.server).toMatchObject({
      era: "modern",
      revision: "2026-07-28",
      info: { name: "sdk-v2", version: "2.4.0" },
      instructions: "Ask me anything.",
    });
    await client.ping();
  });

  test("era modern needs no question first, and era legacy works as well", async () => {
    const pinned = await meet({ era: "modern" });
    expect((await pinned.callTool("add", { a: 1, b: 2 })).structuredContent).toEqual({ sum: 3 });
    expect(pinned.server.info?.name).toBe("sdk-v2");
    const legacy = await meet({ era: "legacy" });
    expect(legacy.server.revision).toBe("2025-11-25");
    expect((await legacy.callTool("add", { a: 1, b: 2 })).structuredContent).toEqual({ sum: 3 });
  });

  test("tools, resources and prompts work, and hints to keep results are honoured", async () => {
    const client = await meet();
    const tools = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain("add");
    expect(await client.listTools()).toEqual(tools);
    expect((await client.callTool("add", { a: 2, b: 2 })).structuredContent).toEqual({ sum: 4 });
    expect((await client.callTool("add", { a: "x" })).isError).toBe(true);
    await expect(client.callTool("no-such-tool")).rejects.toMatchObject({ code: -32602 });
    expect((await client.readResource("note://1")).contents).toMatchObject([{ text: "remember" }]);
    await expect(client.readResource("note://2")).rejects.toMatchObject({ code: -32602 });
    expect((await client.getPrompt("hello", { name: "Ann" })).messages).toHaveLength(1);
  });

  test.each(["modern", "legacy"] as const)("its questions are answered (%s)", async (era) => {
    const client = await meet({
      era,
      roots: [{ uri: "file:///project" }],
      onElicit: () => ({ action: "accept", content: { name: "Ann" } }),
    });
    expect((await client.callTool("greet")).content).toEqual([{ type: "text", text: "Hello Ann" }]);
  });

  test("it says which capability is missing when it may not ask", async () => {
    const client = await meet();
    await expect(client.callTool("greet")).rejects.toMatchObject({ code: -32021 });
  });

  test("progress and logs come with the request that asked for them", async () => {
    const logs: unknown[] = [];
    const client = await meet({ onLog: ({ data }) => void logs.push(data) });
    const reports: unknown[] = [];
    await client.callTool("work");
    expect(logs).toEqual([]);
    await client.setLogLevel("info");
    await client.callTool("work", {}, { onProgress: (report) => void reports.push(report) });
    expect(logs).toEqual(["working"]);
    expect(reports).toEqual([{ progress: 1, total: 1 }]);
  });

  test("a cancelled call leaves the server in service", async () => {
    const client = await meet();
    const control = new AbortController();
    const call = client.callTool("hang", {}, { signal: control.signal });
    await client.ping();
    control.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    await client.ping();
  });

  test("a listen stream tells of new tools", async () => {
    const client = await meet();
    const changes = await client.subscribe({ tools: true, prompts: true });
    expect(changes.granted).toMatchObject({ tools: true });
    const before = await client.listTools();
    await client.callTool("grow");
    expect((await changes.next()).value).toEqual({ kind: "list", list: "tools" });
    expect(await client.listTools()).toHaveLength(before.length + 1);
  });

  test("a crash is survived: the call fails, the next ones and the stream go on", async () => {
    const restarts: number[] = [];
    const client = await meet({ onRestart: ({ attempt }) => void restarts.push(attempt) });
    const changes = await client.subscribe({ tools: true });
    await expect(client.callTool("die")).rejects.toThrow(/connection to the server is over.*3/);
    expect((await client.callTool("add", { a: 1, b: 1 })).structuredContent).toEqual({ sum: 2 });
    expect(restarts).toEqual([1]);
    expect((await changes.next()).value).toEqual({ kind: "list", list: "tools" });
    await client.callTool("grow");
    expect((await changes.next()).value).toEqual({ kind: "list", list: "tools" });
  });
});
