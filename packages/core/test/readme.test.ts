import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const page = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind, text = ""]) => ({
  kind,
  text,
}));
const files = blocks.flatMap(({ text }) => {
  const [, name = "", body = ""] = /^\/\/ file: (\S+)\n(.*)$/s.exec(text) ?? [];
  return name ? [{ name, body }] : [];
});

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-readme-"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const { name, body } of files) writeFileSync(join(folder, name), body);
  installSource(join(folder, "node_modules/@portico/core"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts the package where the examples import it from, its source in place of what would be published. */
function installSource(into: string): void {
  const entries = {
    ".": "./src/index.ts",
    "./node": "./src/node.ts",
    "./testing": "./src/testing/index.ts",
    "./middleware/*": "./src/middleware/*.ts",
    "./extensions/*": "./src/extensions/*/index.ts",
  };
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, "package.json"), JSON.stringify({ type: "module", exports: entries }));
  symlinkSync(join(import.meta.dirname, "../src"), join(into, "src"));
}

const { NODE_OPTIONS: _, ...inherited } = process.env;
const env = { ...inherited, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
const node = (...args: string[]) => run(process.execPath, args, { cwd: folder, env });

test("every TypeScript block of the README is a file that is run here", () => {
  const code = blocks.filter(({ kind }) => kind === "ts").length;
  expect(files.filter(({ name }) => name.endsWith(".ts"))).toHaveLength(code);
  expect(code).toBeGreaterThan(5);
});

const shown = blocks.filter(({ kind }) => kind === "console").map(({ text }) => text.split("\n"));

test.each(shown)("the README's `%s` prints what the README says", async (command, ...lines) => {
  const [, name = ""] = /^\$ node (\S+)$/.exec(command ?? "") ?? [];
  const { stdout } = await node(name);
  expect(stdout.split("\n")).toEqual(lines);
});

test.each(files.map(({ name }) => name).filter((name) => name.endsWith(".test.ts")))(
  "the README's %s passes",
  async (name) => {
    const { stdout } = await node("--test", "--test-reporter=tap", name);
    expect(stdout).toMatch(/^# pass [1-9]/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  },
);

test("the limits the README names are those of the code", () => {
  const source = (path: string) =>
    readFileSync(join(dirname(import.meta.dirname), "src", path), "utf8");
  expect(source("entry/conversation.ts")).toContain("MOST_CALLS = 16_384");
  expect(source("server/context.ts")).toContain("DEEPEST_CALL = 16");
  expect(source("jsonrpc/codec.ts")).toContain("bytes: 32 * 1024 * 1024, depth: 256");
  expect(source("era/modern/input.ts")).toContain("STATE_TTL_MS = 15 * 60_000");
});
