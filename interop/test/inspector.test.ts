import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect } from "./peers/inspector.ts";
import { type Listening, listen } from "./peers/listening.ts";
import { EVERYTHING } from "./suites/everything.ts";
import { FILESYSTEM } from "./suites/filesystem.ts";

let folder: string;
let server: Listening;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "portico-inspector-")));
  await writeFile(join(folder, "note.txt"), "one\ntwo\n");
  server = await listen([FILESYSTEM, folder]);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const overStdio = () => [process.execPath, FILESYSTEM, folder];
const overHttp = () => ["--server-url", server.url.href, "--transport", "http"];
const overSse = () => ["--server-url", server.sse.href, "--transport", "sse"];

const run = (reach: readonly string[], era: string, method: string, ...args: string[]) =>
  inspect([...reach, "--protocol-era", era, "--method", method, ...args], folder);

describe.each([
  { era: "legacy", revision: "2025-11-25", transport: "stdio", reach: overStdio },
  { era: "modern", revision: "2026-07-28", transport: "stdio", reach: overStdio },
  { era: "auto", revision: "2026-07-28", transport: "stdio", reach: overStdio },
  { era: "legacy", revision: "2025-11-25", transport: "HTTP", reach: overHttp },
  { era: "modern", revision: "2026-07-28", transport: "HTTP", reach: overHttp },
  { era: "auto", revision: "2026-07-28", transport: "HTTP", reach: overHttp },
  { era: "legacy", revision: "2025-11-25", transport: "HTTP+SSE", reach: overSse },
])("the official inspector, era $era, over $transport", ({ era, revision, reach }) => {
  test.concurrent(`agrees on ${revision}`, async () => {
    const { exitCode, result } = await run(reach(), era, "initialize");
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({
      protocolVersion: revision,
      serverInfo: { name: "portico-filesystem" },
    });
  });
});

describe.each([
  { era: "legacy", transport: "stdio", reach: overStdio },
  { era: "modern", transport: "stdio", reach: overStdio },
  { era: "legacy", transport: "HTTP", reach: overHttp },
  { era: "modern", transport: "HTTP", reach: overHttp },
])("the official inspector, era $era, over $transport", ({ era, reach }) => {
  const path = () => join(folder, "note.txt");

  test.concurrent("finds no fault with the schemas of the tools", async () => {
    const { exitCode, result, complaint } = await run(reach(), era, "tools/list", "--strict");
    expect([exitCode, complaint]).toEqual([0, ""]);
    expect(result?.tools).toContainEqual(expect.objectContaining({ name: "read_text_file" }));
  });

  test.concurrent("calls a tool", async () => {
    const call = ["--tool-name", "read_text_file", "--tool-arg", `path=${path()}`, "head=1"];
    const { result } = await run(reach(), era, "tools/call", ...call);
    expect(result?.structuredContent).toMatchObject({ content: expect.stringContaining("one") });
  });

  test.concurrent("tells an error of a tool from an answer", async () => {
    const call = ["--tool-name", "read_text_file", "--tool-arg", "path=/nowhere/at/all"];
    const { exitCode, result } = await run(reach(), era, "tools/call", ...call);
    expect([exitCode, result?.isError]).toEqual([5, true]);
  });

  test.concurrent("reads a resource", async () => {
    const uri = pathToFileURL(path()).href;
    const { result } = await run(reach(), era, "resources/read", "--uri", uri);
    expect(result?.contents).toMatchObject([{ uri, text: "one\ntwo\n" }]);
  });

  test.concurrent("gets a prompt", async () => {
    const get = ["--prompt-name", "code_review", "--prompt-args", `file_path=${path()}`];
    const { result } = await run(reach(), era, "prompts/get", ...get);
    expect(JSON.stringify(result?.messages)).toContain("one\\ntwo");
  });
});

test.each(["legacy", "modern"])(
  "the official inspector, era %s, drives the server with every feature hard",
  async (era) => {
    const everything = await listen([EVERYTHING]);
    const { exitCode, complaint } = await inspect(
      [
        ...["--server-url", everything.url.href, "--transport", "http", "--protocol-era", era],
        ...["--method", "tools/call", "--tool-name", "add", "--tool-args-json", '{"a":1,"b":2}'],
        ...["--load", "--load-requests", "200", "--load-concurrency", "20"],
      ],
      folder,
    );
    await everything.stop();
    expect([exitCode, complaint]).toEqual([0, ""]);
  },
);

test("the official inspector says with its exit code that a server is gone", async () => {
  const gone = await listen([EVERYTHING]);
  await gone.stop();
  const reach = ["--server-url", gone.url.href, "--transport", "http"];
  const { exitCode } = await inspect([...reach, "--method", "tools/list"], folder);
  expect(exitCode).toBe(4);
});
