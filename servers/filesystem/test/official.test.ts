import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { CallToolResult, Client } from "@portico/core";
import { makeScratch, put, textOf } from "@portico/testing-servers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Difference, differences } from "./support/differences.ts";
import { officialTree } from "./support/official-tree.ts";
import { openBinary, openOfficial } from "./support/servers.ts";

// The published official server is the oracle: both run as processes on the same files, and get the same calls.

let shared: string;
let own: Record<"ours" | "theirs", string>;
let ours: Client;
let theirs: Client;

beforeAll(async () => {
  shared = makeScratch(officialTree);
  execFileSync("mkfifo", [path.join(shared, "pipe")]);
  fs.linkSync(path.join(shared, "no-newline.txt"), path.join(shared, "hard.txt"));
  fs.chmodSync(path.join(shared, "script.sh"), 0o755);
  own = { ours: makeScratch(), theirs: makeScratch() };
  [ours, theirs] = await Promise.all([
    openBinary([shared, own.ours]),
    openOfficial([shared, own.theirs]),
  ]);
});

afterAll(async () => {
  await Promise.all([ours?.close(), theirs?.close()]);
  for (const dir of [shared, own.ours, own.theirs]) fs.rmSync(dir, { recursive: true });
});

interface Answer {
  readonly isError: boolean;
  readonly text: string;
  readonly structured: unknown;
}

function answerOf(result: CallToolResult, root: string): Answer {
  const spelled = (value: unknown) =>
    JSON.parse(JSON.stringify(value ?? null).replaceAll(root, "<own>")) as unknown;
  return {
    isError: result.isError === true,
    text: spelled(textOf(result)) as string,
    structured: spelled(result.structuredContent),
  };
}

type Args = (at: (name: string) => string) => object;

/** Both servers' answers to one call; `at` names a file of the shared tree, or with `~` of a server's own. */
async function bothAnswer(tool: string, args: Args): Promise<[Answer, Answer]> {
  const one = async (client: Client, root: string) => {
    const at = (name: string) =>
      name.startsWith("~") ? path.join(root, name.slice(1)) : path.join(shared, name);
    return answerOf(await client.callTool(tool, args(at)), root);
  };
  return [await one(ours, own.ours), await one(theirs, own.theirs)];
}

/** The answer without what only ours has: a hash, or where to go on. */
function withoutExtras({ structured, ...answer }: Answer): Answer {
  const { content } = (structured ?? {}) as { content?: unknown };
  return { ...answer, structured: structured === null ? null : { content } };
}

const reads: readonly [string, string, Args][] = [
  ["list_allowed_directories", "no argument", () => ({})],
  ["read_text_file", "plain text", (at) => ({ path: at("hello.txt") })],
  ["read_file", "the older name", (at) => ({ path: at("hello.txt") })],
  ["read_file", "the older name, head", (at) => ({ path: at("lines.txt"), head: 2 })],
  ["read_text_file", "an empty file", (at) => ({ path: at("empty") })],
  ["read_text_file", "CRLF", (at) => ({ path: at("crlf.txt") })],
  ["read_text_file", "a unicode name", (at) => ({ path: at("ünï/日本語.md") })],
  ["read_text_file", "a relative path", () => ({ path: "nested/deep/er/leaf.txt" })],
  [
    "read_text_file",
    "`.` and `..` in a path",
    (at) => ({ path: `${at("nested")}/./deep/../../hello.txt` }),
  ],
  ["read_text_file", "a link inside", (at) => ({ path: at("to-hello") })],
  [
    "read_text_file",
    "a file below a linked directory",
    (at) => ({ path: at("to-nested/deep/er/leaf.txt") }),
  ],
  ["read_text_file", "head", (at) => ({ path: at("lines.txt"), head: 3 })],
  ["read_text_file", "head beyond the end", (at) => ({ path: at("lines.txt"), head: 99 })],
  [
    "read_text_file",
    "tail without a last line break",
    (at) => ({ path: at("no-newline.txt"), tail: 2 }),
  ],
  ["read_text_file", "tail beyond the end", (at) => ({ path: at("no-newline.txt"), tail: 99 })],
  [
    "read_multiple_files",
    "several",
    (at) => ({ paths: [at("hello.txt"), at("empty"), at("ünï/日本語.md")] }),
  ],
  ["read_media_file", "an image", (at) => ({ path: at("pixel.png") })],
  ["read_media_file", "audio", (at) => ({ path: at("beep.wav") })],
  ["read_media_file", "bytes of no known type", (at) => ({ path: at("data.bin") })],
  ["get_file_info", "a file", (at) => ({ path: at("hello.txt") })],
  ["get_file_info", "an executable file", (at) => ({ path: at("script.sh") })],
  ["get_file_info", "a directory", (at) => ({ path: at("nested") })],
  ["list_directory_with_sizes", "a directory without links", (at) => ({ path: at("nested") })],
  ["list_directory_with_sizes", "by name", (at) => ({ path: at("sorted") })],
  ["list_directory_with_sizes", "an empty directory", (at) => ({ path: at("hollow") })],
  ["list_directory_with_sizes", "by size", (at) => ({ path: at("sizes"), sortBy: "size" })],
  ["list_directory", "one entry", (at) => ({ path: at("nested") })],
  ["list_directory", "several entries", (at) => ({ path: at("sorted") })],
  ["search_files", "nothing found", (at) => ({ path: at(""), pattern: "nothing*" })],
  ["search_files", "several found", (at) => ({ path: at("sorted"), pattern: "*" })],
  ["search_files", "one found", (at) => ({ path: at(""), pattern: "**/leaf.txt" })],
  [
    "search_files",
    "an exclude",
    (at) => ({ path: at("nested"), pattern: "**/*.txt", excludePatterns: ["**/er/**"] }),
  ],
  ["directory_tree", "no branches", (at) => ({ path: at("nested") })],
  ["directory_tree", "an empty directory", (at) => ({ path: at("hollow") })],
  ["directory_tree", "an exclude", (at) => ({ path: at("nested"), excludePatterns: ["er"] })],
];

const writes: readonly [string, string, Args][] = [
  ["write_file", "a new file", (at) => ({ path: at("~new.txt"), content: "one\ntwo\n" })],
  ["write_file", "over a file", (at) => ({ path: at("~new.txt"), content: "one\ntwo\nthree\n" })],
  ["read_text_file", "what was written", (at) => ({ path: at("~new.txt") })],
  [
    "edit_file",
    "one edit",
    (at) => ({ path: at("~new.txt"), edits: [{ oldText: "two", newText: "2" }] }),
  ],
  [
    "edit_file",
    "dry run",
    (at) => ({ path: at("~new.txt"), edits: [{ oldText: "one", newText: "1" }], dryRun: true }),
  ],
  [
    "edit_file",
    "two edits, the second of the first's result",
    (at) => ({
      path: at("~new.txt"),
      edits: [
        { oldText: "one", newText: "first" },
        { oldText: "first\n2", newText: "``` fence\n2" },
      ],
    }),
  ],
  [
    "edit_file",
    "an edit that changes nothing",
    (at) => ({ path: at("~new.txt"), edits: [{ oldText: "three", newText: "three" }] }),
  ],
  [
    "edit_file",
    "other indentation",
    (at) => ({ path: at("~code.ts"), edits: [{ oldText: "a();\nb();", newText: "a();\nc();" }] }),
  ],
  ["read_text_file", "what was edited", (at) => ({ path: at("~code.ts") })],
  ["create_directory", "nested", (at) => ({ path: at("~a/b/c") })],
  ["create_directory", "again", (at) => ({ path: at("~a/b/c") })],
  ["move_file", "a file", (at) => ({ source: at("~new.txt"), destination: at("~a/b/moved.txt") })],
  ["move_file", "a directory", (at) => ({ source: at("~a"), destination: at("~z") })],
  ["directory_tree", "what was made", (at) => ({ path: at("~z") })],
];

const failures: readonly [string, string, Args][] = [
  ["read_text_file", "a missing file", (at) => ({ path: at("missing") })],
  ["read_text_file", "a directory", (at) => ({ path: at("nested") })],
  ["read_text_file", "outside", () => ({ path: "/etc/hostname" })],
  ["read_text_file", "a link to outside", (at) => ({ path: at("to-outside") })],
  ["read_text_file", "head and tail", (at) => ({ path: at("lines.txt"), head: 1, tail: 1 })],
  ["read_text_file", "a drive letter", () => ({ path: "C:\\Users\\x" })],
  ["read_text_file", "no path", () => ({})],
  ["read_multiple_files", "no paths", () => ({ paths: [] })],
  ["write_file", "to outside", () => ({ path: "/tmp/portico-outside.txt", content: "" })],
  [
    "write_file",
    "below a missing directory",
    (at) => ({ path: at("~no/such/dir.txt"), content: "" }),
  ],
  [
    "edit_file",
    "text that is not there",
    (at) => ({ path: at("~code.ts"), edits: [{ oldText: "nope", newText: "" }] }),
  ],
  ["move_file", "onto something", (at) => ({ source: at("~code.ts"), destination: at("~z") })],
  ["move_file", "nothing", (at) => ({ source: at("~nothing"), destination: at("~there") })],
  ["list_directory", "a file", (at) => ({ path: at("hello.txt") })],
  [
    "list_directory_with_sizes",
    "an unknown order",
    (at) => ({ path: at("nested"), sortBy: "age" }),
  ],
  ["get_file_info", "a missing file", (at) => ({ path: at("missing") })],
  ["create_directory", "over a file", (at) => ({ path: at("hello.txt") })],
];

describe("like the official server", () => {
  test.each(reads)("%s: %s", async (tool, _, args) => {
    const [our, their] = await bothAnswer(tool, args);
    expect(their.isError).toBe(false);
    expect(withoutExtras(our)).toEqual(their);
  });

  test("each change leaves the same files, and says the same", async () => {
    const layout = { "code.ts": "if (x) {\n    a();\n    b();\n}\n" };
    for (const root of Object.values(own)) put(root, layout);
    for (const [tool, what, args] of writes) {
      const [our, their] = await bothAnswer(tool, args);
      expect([what, withoutExtras(our)]).toEqual([what, { ...their, isError: false }]);
    }
    for (const [tool, what, args] of failures) {
      const [our, their] = await bothAnswer(tool, args);
      expect([tool, what, our.isError]).toEqual([tool, what, true]);
      expect([tool, what, their.isError]).toEqual([tool, what, true]);
    }
    expect(contentsOf(own.ours)).toEqual(contentsOf(own.theirs));
  });

  test("its 14 tools have the same titles, hints and arguments", async () => {
    const [our, their] = await Promise.all([ours.listTools(), theirs.listTools()]);
    expect(their).toHaveLength(14);
    for (const tool of their) {
      const same = our.find(({ name }) => name === tool.name);
      expect(same).toMatchObject({ title: tool.title, annotations: tool.annotations });
      expect(same?.inputSchema.required).toEqual(tool.inputSchema.required);
      expect(Object.keys(same?.inputSchema.properties ?? {})).toEqual(
        expect.arrayContaining(Object.keys(tool.inputSchema.properties ?? {})),
      );
      expect(Object.keys(same?.outputSchema?.properties ?? {})).toContain("content");
    }
  });
});

interface Case {
  readonly shows: Difference;
  readonly tool: string;
  readonly args: Args;
  readonly ours: (answer: Answer) => void;
  readonly theirs: (answer: Answer) => void;
}

const fails = ({ isError }: Answer) => expect(isError).toBe(true);
const says = (text: string) => (answer: Answer) =>
  expect(answer).toMatchObject({ isError: false, text });
const has = (part: string | RegExp) => (answer: Answer) => expect(answer.text).toMatch(part);
const lacks = (part: string) => (answer: Answer) => expect(answer.text).not.toContain(part);

const cases: readonly Case[] = [
  {
    shows: "order",
    tool: "list_directory",
    args: (at) => ({ path: at("astral") }),
    ours: says("[FILE] 😀\n[FILE] ｚ"),
    theirs: process.platform === "win32" ? has("😀") : says("[FILE] ｚ\n[FILE] 😀"),
  },
  {
    shows: "links",
    tool: "list_directory",
    args: (at) => ({ path: at("links") }),
    ours: has(/^\[LINK\] a$/m),
    theirs: has(/^\[FILE\] a$/m),
  },
  {
    shows: "links",
    tool: "directory_tree",
    args: (at) => ({ path: at("links") }),
    ours: has('"link": true'),
    theirs: lacks("link"),
  },
  {
    shows: "linkSize",
    tool: "list_directory_with_sizes",
    args: (at) => ({ path: at("links") }),
    ours: has("Combined size: 15 B"),
    theirs: has("Combined size: 1.50 KB"),
  },
  {
    shows: "printable",
    tool: "list_directory",
    args: (at) => ({ path: at("deceptive") }),
    ours: has("evil\\u{202e}txt.exe"),
    theirs: has("evil\u202etxt.exe"),
  },
  {
    shows: "tail",
    tool: "read_text_file",
    args: (at) => ({ path: at("lines.txt"), tail: 1 }),
    ours: says("five"),
    theirs: says(""),
  },
  {
    shows: "lineCount",
    tool: "read_text_file",
    args: (at) => ({ path: at("lines.txt"), tail: -1 }),
    ours: fails,
    theirs: says(""),
  },
  {
    shows: "encodings",
    tool: "read_text_file",
    args: (at) => ({ path: at("bom.txt") }),
    ours: says("marked"),
    theirs: says("\uFEFFmarked"),
  },
  {
    shows: "encodings",
    tool: "read_text_file",
    args: (at) => ({ path: at("utf16.txt") }),
    ours: says("wide"),
    theirs: lacks("wide"),
  },
  {
    shows: "binary",
    tool: "read_text_file",
    args: (at) => ({ path: at("data.bin") }),
    ours: fails,
    theirs: has("\0"),
  },
  {
    shows: "lineEnds",
    tool: "read_text_file",
    args: (at) => ({ path: at("crlf.txt"), tail: 99 }),
    ours: says("a\r\nb"),
    theirs: says("a\nb\n"),
  },
  {
    shows: "lineEnds",
    tool: "edit_file",
    args: (at) => {
      put(path.dirname(at("~x")), { "crlf.txt": "a\r\nb\r\n" });
      return { path: at("~crlf.txt"), edits: [{ oldText: "b", newText: "c" }] };
    },
    ours: () => expect(fs.readFileSync(path.join(own.ours, "crlf.txt"), "utf8")).toBe("a\r\nc\r\n"),
    theirs: () => expect(fs.readFileSync(path.join(own.theirs, "crlf.txt"), "utf8")).toBe("a\nc\n"),
  },
  {
    shows: "ambiguous",
    tool: "edit_file",
    args: (at) => {
      put(path.dirname(at("~x")), { "twice.txt": "x\nx\n" });
      return { path: at("~twice.txt"), edits: [{ oldText: "x", newText: "y" }] };
    },
    ours: (answer) => [fails, has("line")].forEach((check) => void check(answer)),
    theirs: has(/^\+y$/m),
  },
  {
    shows: "emptyEdit",
    tool: "edit_file",
    args: (at) => ({
      path: at("~twice.txt"),
      edits: [{ oldText: "", newText: "y" }],
      dryRun: true,
    }),
    ours: fails,
    theirs: has(/^\+y/m),
  },
  {
    shows: "halfCharacter",
    tool: "write_file",
    args: (at) => ({ path: at("~half.txt"), content: "\ud83d" }),
    ours: fails,
    theirs: has("Successfully"),
  },
  {
    shows: "errors",
    tool: "read_text_file",
    args: (at) => ({ path: at("to-outside") }),
    ours: lacks("/etc/hostname"),
    theirs: has("/etc/hostname"),
  },
  {
    shows: "mediaTypes",
    tool: "read_media_file",
    args: (at) => ({ path: at("paper.pdf") }),
    ours: ({ structured }) => expect(JSON.stringify(structured)).toContain("application/pdf"),
    theirs: ({ structured }) =>
      expect(JSON.stringify(structured)).toContain("application/octet-stream"),
  },
  {
    shows: "info",
    tool: "get_file_info",
    args: (at) => ({ path: at("hard.txt") }),
    ours: has("hardLinks: 2"),
    theirs: lacks("hardLinks"),
  },
  {
    shows: "special",
    tool: "get_file_info",
    args: (at) => ({ path: at("pipe") }),
    ours: fails,
    theirs: has("isFile: false"),
  },
  {
    shows: "linkPaths",
    tool: "edit_file",
    args: (at) => ({
      path: at("to-hello"),
      edits: [{ oldText: "hello", newText: "bye" }],
      dryRun: true,
    }),
    ours: has(/^--- .*to-hello\toriginal$/m),
    theirs: has(/^--- .*hello\.txt\toriginal$/m),
  },
];

describe("unlike the official server, as intended", () => {
  test.each(cases)("$shows: $tool", async (one) => {
    const [our, their] = await bothAnswer(one.tool, one.args);
    one.ours(our);
    one.theirs(their);
  });

  test("each difference that is documented is shown", () => {
    const shown = new Set(cases.map(({ shows }) => shows));
    expect([...shown].sort()).toEqual(Object.keys(differences).sort());
  });
});

/** Every file below a directory with its text. */
function contentsOf(dir: string): Record<string, string> {
  const files = fs.readdirSync(dir, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((one) => one.isFile())
      .map((one) => path.join(one.parentPath, one.name))
      .map((file) => [path.relative(dir, file), fs.readFileSync(file, "utf8")]),
  );
}
