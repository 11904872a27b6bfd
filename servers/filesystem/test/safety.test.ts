import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import type { Client } from "@portico/core";
import { call, makeScratch, put, refusal, structured, textOf } from "@portico/testing-servers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBinary } from "./support/servers.ts";

// The attacks of the threat model, made through the tools of the published binary. What the sandbox does about
// them, races above all, is proved in test/sandbox; here: that every tool goes through it, and what it says.

const SECRET = "the-secret-outside";
let top: string;
let dir: string;
let outside: string;
let client: Client;

beforeAll(async () => {
  top = makeScratch({ "dir/file": "inside\n", "dir/sub/x": "", "dir_evil/x": SECRET });
  dir = path.join(top, "dir");
  outside = path.join(top, "elsewhere-hidden");
  put(outside, { secret: SECRET });
  put(dir, {
    "to-secret": { link: path.join(outside, "secret") },
    "to-outside": { link: outside },
    "to-missing": { link: path.join(outside, "missing") },
    chain: { link: "chain-2" },
    "chain-2": { link: "to-outside" },
    "loop-a": { link: "loop-b" },
    "loop-b": { link: "loop-a" },
  });
  client = await openBinary([dir, "--yes"]);
});

afterAll(async () => {
  await client?.close();
  fs.rmSync(top, { recursive: true });
});

const at = (name: string) => path.join(dir, name);

/** Every way to use one path, with arguments that are right in all else. */
const USES: readonly [string, (path: string) => object][] = [
  ["read_file", (path) => ({ path })],
  ["read_text_file", (path) => ({ path })],
  ["read_text_file", (path) => ({ path, tail: 1 })],
  ["read_media_file", (path) => ({ path })],
  ["write_file", (path) => ({ path, content: "overwritten" })],
  ["append_file", (path) => ({ path, content: "added" })],
  ["edit_file", (path) => ({ path, edits: [{ oldText: SECRET, newText: "edited" }] })],
  ["edit_file", (path) => ({ path, edits: [{ oldText: SECRET, newText: "x" }], dryRun: true })],
  ["create_directory", (path) => ({ path: `${path}/made` })],
  ["list_directory", (path) => ({ path })],
  ["list_directory_with_sizes", (path) => ({ path })],
  ["directory_tree", (path) => ({ path })],
  ["search_files", (path) => ({ path, pattern: "**" })],
  ["search_file_contents", (path) => ({ path, pattern: SECRET })],
  ["get_file_info", (path) => ({ path })],
  ["move_file", (path) => ({ source: path, destination: at("stolen") })],
  ["move_file", (path) => ({ source: at("file"), destination: path })],
  ["copy_file", (path) => ({ source: path, destination: at("stolen") })],
  ["copy_file", (path) => ({ source: at("file"), destination: path })],
  ["delete_file", (path) => ({ path, recursive: true })],
];

/** Uses a path in every way; none may succeed, and no answer may say anything of what is outside. */
async function refuseAll(name: string): Promise<void> {
  for (const [tool, args] of USES) {
    const told = await refusal(client, tool, args(name));
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain(outside);
    expect(told).not.toContain("elsewhere");
    expect(told).not.toMatch(/\bat .*\.(ts|cjs):\d+/);
  }
  const many = await call(client, "read_multiple_files", { paths: [name] });
  expect(many).not.toContain(SECRET);
  expect(many).toMatch(/: Error - /);
  expect(fs.readFileSync(path.join(outside, "secret"), "utf8")).toBe(SECRET);
  expect(fs.readdirSync(outside)).toEqual(["secret"]);
  expect(fs.readFileSync(at("file"), "utf8")).toBe("inside\n");
}

test("FS1: a name that only begins like an allowed directory is outside", async () => {
  for (const [tool, args] of USES) {
    expect(await refusal(client, tool, args(`${dir}_evil/x`))).toMatch(/outside/);
  }
  expect(fs.readFileSync(path.join(top, "dir_evil/x"), "utf8")).toBe(SECRET);
});

describe("FS2, FS3: links that lead out", () => {
  test.each(["to-outside/secret", "chain/secret", "to-outside/new", "chain/new/deeper"])(
    "no tool gets to %s",
    (name) => refuseAll(at(name)),
  );

  test("the links themselves can be listed, moved and deleted, never followed", async () => {
    expect(await call(client, "list_directory", { path: dir })).toContain("[LINK] to-secret");
    const sizes = await call(client, "list_directory_with_sizes", { path: dir });
    expect(sizes).toMatch(new RegExp(`to-secret +${path.join(outside, "secret").length} B`));
    expect(await call(client, "search_files", { path: dir, pattern: "**" })).not.toContain(
      "to-secret",
    );
    expect(await call(client, "search_file_contents", { path: dir, pattern: SECRET })).toBe(
      "No matches found",
    );
    put(dir, { "link-to-move": { link: outside } });
    await call(client, "move_file", { source: at("link-to-move"), destination: at("moved") });
    await call(client, "delete_file", { path: at("moved"), recursive: true });
    expect(fs.readFileSync(path.join(outside, "secret"), "utf8")).toBe(SECRET);
  });

  test("a dangling link and a loop are no way to write", async () => {
    for (const name of ["to-missing", "loop-a"]) {
      const told = await refusal(client, "write_file", { path: at(name), content: "x" });
      expect(told).not.toContain(outside);
    }
    expect(fs.readdirSync(outside)).toEqual(["secret"]);
  });
});

test.each([
  "../elsewhere-hidden/secret",
  "sub/../../elsewhere-hidden/secret",
  "sub//..//..//elsewhere-hidden//secret",
  "/etc/hostname",
  "~/../../etc/hostname",
  "file\0",
  "\\\\server\\share\\x",
  "//?/C:/x",
  "C:\\x",
  "",
])("FS4: the spelling %j leads nowhere", (name) => refuseAll(name));

test("FS4: percent signs and spaces at the end are plain characters of a name", async () => {
  await call(client, "write_file", { path: at("%2e%2e%2fx "), content: "1" });
  expect(fs.readdirSync(dir)).toContain("%2e%2e%2fx ");
});

test("FS5: a directory swapped for a link while it is read and written never leads out", async () => {
  put(dir, { "swapped/secret": "inside" });
  const swap = at("swapped");
  const calls = Array.from({ length: 200 }, (_, at) =>
    at % 2
      ? client.callTool("read_text_file", { path: `${swap}/secret` })
      : client.callTool("write_file", { path: `${swap}/secret`, content: "written" }),
  );
  for (let round = 0; round < 200; round++) {
    fs.renameSync(swap, at("aside"));
    fs.symlinkSync(outside, swap);
    await new Promise((resolve) => setImmediate(resolve));
    fs.unlinkSync(swap);
    fs.renameSync(at("aside"), swap);
  }
  for (const result of await Promise.all(calls)) {
    expect(JSON.stringify(result)).not.toContain(SECRET);
  }
  expect(fs.readFileSync(path.join(outside, "secret"), "utf8")).toBe(SECRET);
});

describe("FS6: what is no plain file", () => {
  test.each(["pipe", "socket"])("a %s is refused at once, and the server goes on", async (kind) => {
    const name = at(kind);
    if (kind === "pipe") execFileSync("mkfifo", [name]);
    const server = kind === "socket" ? net.createServer().listen(name) : undefined;
    if (server) await new Promise((resolve) => server.once("listening", resolve));
    const told = await Promise.all([
      ...Array.from({ length: 8 }, () => refusal(client, "read_text_file", { path: name })),
      refusal(client, "write_file", { path: name, content: "" }),
      refusal(client, "append_file", { path: name, content: "" }),
      refusal(client, "copy_file", { source: name, destination: at("copy") }),
    ]);
    for (const one of told) expect(one).toMatch(/pipe, socket or device/);
    expect(await call(client, "read_text_file", { path: at("file") })).toBe("inside\n");
    server?.close();
    fs.rmSync(name, { force: true });
  });

  test("writing to one name of a file leaves its other names alone, and says so", async () => {
    fs.linkSync(path.join(outside, "secret"), at("hard"));
    const told = await call(client, "write_file", { path: at("hard"), content: "new" });
    expect(told).toContain("1 other hard link");
    expect(fs.readFileSync(path.join(outside, "secret"), "utf8")).toBe(SECRET);
    fs.rmSync(at("hard"));
  });
});

describe("FS7: patterns made to take for ever", () => {
  const long = `${"a".repeat(60)}b`;

  test.each([
    ["search_files", { pattern: `${"*a".repeat(10)}*c` }],
    ["search_files", { pattern: "+(+(a|aa))c" }],
    ["search_files", { pattern: "{a,b}".repeat(20) }],
    ["search_files", { pattern: "**", excludePatterns: [`${"*a".repeat(20)}*c`] }],
    ["directory_tree", { excludePatterns: ["{a,b}".repeat(20), "+(+(a|aa))c"] }],
    ["search_file_contents", { pattern: "(a+)+$" }],
    ["search_file_contents", { pattern: "(a|aa)*c" }],
    ["search_file_contents", { pattern: "((a{0,1000}){0,1000}){0,1000}" }],
  ])("%s %j does not hold the server", async (tool, args) => {
    fs.mkdirSync(at("many"), { recursive: true });
    fs.writeFileSync(at(`many/${long}`), `${"a".repeat(50_000)}b\n`);
    const searching = client.callTool(tool, { path: at("many"), ...args });
    expect(await call(client, "read_text_file", { path: at("file") })).toBe("inside\n");
    expect(textOf(await searching)).not.toBe("");
  });
});

describe("FS8: what is too large", () => {
  test("a file of 700 MB and one of 1 TB are answered from their beginning or end", async () => {
    for (const size of [700_000_000, 1_000_000_000_000]) {
      fs.writeFileSync(at("huge"), "first\n");
      fs.truncateSync(at("huge"), size);
      expect(await call(client, "read_text_file", { path: at("huge") })).toBe(
        "first\nStopped at the size limit; go on with startLine 2.",
      );
      const rest = { path: at("huge"), startLine: 2 };
      expect(await refusal(client, "read_text_file", rest)).toMatch(/binary/);
      expect(await call(client, "read_text_file", { path: at("huge"), head: 1 })).toBe("first");
      expect(await refusal(client, "read_media_file", { path: at("huge") })).toMatch(/bytes/);
      expect(await call(client, "search_file_contents", { path: at("huge"), pattern: "x" })).toBe(
        "No matches found",
      );
    }
    fs.rmSync(at("huge"));
  });

  test("a line of 2 MB is cut, and the answer says so", async () => {
    fs.writeFileSync(at("line"), "x".repeat(2_000_000));
    const { content } = await structured(client, "read_text_file", { path: at("line") });
    expect((content as string).length).toBeLessThanOrEqual(400_000);
    expect(textOf(await client.callTool("read_text_file", { path: at("line") }))).toContain(
      "size limit",
    );
    const found = await call(client, "search_file_contents", { path: at("line"), pattern: "x" });
    expect(found.length).toBeLessThan(1_000);
    fs.rmSync(at("line"));
  });

  test("a tree of 1,000 levels, 1,001 paths and 1,001 edits are refused or cut", async () => {
    fs.mkdirSync(at(`deep/${"d/".repeat(1_000)}`), { recursive: true });
    const tree = await call(client, "directory_tree", { path: at("deep") });
    expect(tree).toContain('"deeper": true');
    expect(await refusal(client, "delete_file", { path: at("deep"), recursive: true })).toMatch(
      /deep/,
    );
    const paths = Array.from({ length: 1_001 }, () => at("file"));
    expect(await refused("read_multiple_files", { paths })).toMatch(/1000/);
    const edits = paths.map(() => ({ oldText: "a", newText: "b" }));
    expect(await refused("edit_file", { path: at("file"), edits })).toMatch(/1000/);
    fs.rmSync(at("deep"), { recursive: true });
  });
});

/** What a call with wrong arguments is told, as a result or as an error. */
async function refused(tool: string, args: object): Promise<string> {
  return client.callTool(tool, args).then(textOf, (error: Error) => error.message);
}

test("FS9: no tool takes an archive apart, so none can slip out of one", async () => {
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names.filter((name) => /zip|tar|extract|archive/.test(name))).toEqual([]);
});

test("FS10: roots of a client do not widen what the operator allowed", async () => {
  const roots = [{ uri: "file:///" }, { uri: `file://${outside}` }, { uri: "file://host/srv" }];
  const rooted = await openBinary([dir], { roots });
  try {
    expect(await call(rooted, "list_allowed_directories")).toBe(`Allowed directories:\n${dir}`);
    const secret = { path: path.join(outside, "secret") };
    expect(await refusal(rooted, "read_text_file", secret)).toMatch(/outside/);
  } finally {
    await rooted.close();
  }
});

test("FS11: names that deceive are shown for what they are, in lists and in errors", async () => {
  const names = [
    "evil\u202etxt.exe",
    "zero\u200bwidth",
    "line\nbreak",
    "\u001b[31mred",
    "c1\u009b31m",
    "e\u0301",
    "é",
  ];
  put(dir, Object.fromEntries(names.map((name) => [`names/${name}`, "text"])));
  const deceptive = /[\u202e\u200b\u009b]|\p{Cc}\[31m|line\n/u;
  const shown = await Promise.all([
    call(client, "list_directory", { path: at("names") }),
    call(client, "list_directory_with_sizes", { path: at("names") }),
    call(client, "search_files", { path: at("names"), pattern: "**" }),
    call(client, "search_file_contents", { path: at("names"), pattern: "text" }),
    call(client, "directory_tree", { path: at("names") }),
    refusal(client, "list_directory", { path: at(`names/${names[0]}`) }),
    refusal(client, "read_text_file", { path: at("names/miss\u202eing") }),
  ]);
  for (const text of shown) expect(text).not.toMatch(deceptive);
  const tree = JSON.parse(shown[4] as string) as { name: string }[];
  expect(tree.map(({ name }) => name).sort()).toEqual(names.toSorted());
  expect(await call(client, "read_text_file", { path: at("names/e\u0301") })).toBe("text");
});

test("FS12: no refusal names what is outside, where a link leads, or a stack", () =>
  refuseAll(at("to-outside/secret/deeper")));

describe("FS13: read-only", () => {
  const WRITES: readonly [string, object][] = [
    ["write_file", { path: "file", content: "x" }],
    ["append_file", { path: "file", content: "x" }],
    ["edit_file", { path: "file", edits: [{ oldText: "inside", newText: "x" }] }],
    ["create_directory", { path: "made" }],
    ["move_file", { source: "file", destination: "moved" }],
    ["copy_file", { source: "file", destination: "copied" }],
    ["delete_file", { path: "file" }],
    ["undo_change", {}],
  ];

  test("every tool that is not marked as reading is one of these", async () => {
    const tools = await client.listTools();
    const writing = tools.filter(({ annotations }) => annotations?.readOnlyHint !== true);
    expect(writing.map(({ name }) => name).sort()).toEqual(WRITES.map(([name]) => name).sort());
  });

  test("the switch takes them all away, also when they are called by name", async () => {
    const reader = await openBinary([dir, "--read-only", "--yes"]);
    try {
      expect((await reader.listTools()).length).toBe(
        (await client.listTools()).length - WRITES.length,
      );
      for (const [tool, args] of WRITES)
        await expect(reader.callTool(tool, args)).rejects.toThrow(tool);
      expect(await call(reader, "read_text_file", { path: "file" })).toBe("inside\n");
    } finally {
      await reader.close();
    }
  });

  test("a read-only directory refuses each of them", async () => {
    const before = fs.readdirSync(dir);
    const reader = await openBinary([`${dir}:ro`, "--yes"]);
    try {
      for (const [tool, args] of WRITES.slice(0, -1)) {
        expect(await refusal(reader, tool, args)).toMatch(/may only be read/);
      }
      expect(fs.readdirSync(dir)).toEqual(before);
    } finally {
      await reader.close();
    }
  });
});

test("FS14: no allowed directory means that nothing is allowed", async () => {
  const nowhere = await openBinary([]);
  try {
    for (const [tool, args] of USES) {
      expect(await refusal(nowhere, tool, args(at("file")))).toMatch(
        /^No directory is allowed yet/,
      );
    }
  } finally {
    await nowhere.close();
  }
});

test("FS15: a file that changed since it was read is not overwritten", async () => {
  put(dir, { shared: "one" });
  const { hash } = await structured(client, "read_text_file", { path: at("shared") });
  fs.writeFileSync(at("shared"), "by somebody else");
  for (const [tool, args] of [
    ["write_file", { content: "mine" }],
    ["append_file", { content: "mine" }],
    ["edit_file", { edits: [{ oldText: "somebody", newText: "me" }] }],
    ["edit_file", { edits: [{ oldText: "somebody", newText: "me" }], dryRun: true }],
  ] as const) {
    const all = { path: at("shared"), expectedHash: hash, ...args };
    expect(await refusal(client, tool, all)).toMatch(/changed/);
  }
  expect(fs.readFileSync(at("shared"), "utf8")).toBe("by somebody else");
});
