import { execFile } from "node:child_process";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Page, readPage } from "./snippets.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "..");
const pages = globSync(["*.md", "guides/*.md"], { cwd: import.meta.dirname })
  .sort()
  .map((path) => readPage(path, readFileSync(join(import.meta.dirname, path), "utf8")));
const withFiles = pages.filter(({ files }) => files.length > 0);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-docs-"));
  symlinkSync(join(import.meta.dirname, "node_modules"), join(folder, "node_modules"), "junction");
  for (const { name, files } of withFiles) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "package.json"), '{"type":"module"}');
    for (const file of files) writeFileSync(join(folder, name, file.name), file.body);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

// The packages are run from their source; programs that a page's client starts do not inherit this and run the build.
const { NODE_OPTIONS: _, ...inherited } = process.env;
const env = {
  ...inherited,
  NODE_OPTIONS: "--conditions=portico-source",
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};
const node = (page: Page, ...args: string[]) =>
  run(process.execPath, args, { cwd: join(folder, page.name), env });

test("every TypeScript block of every page is a file with a name", () => {
  const nameless = pages.flatMap(({ path, nameless }) => nameless.map((code) => [path, code]));
  expect(nameless).toEqual([]);
  expect(withFiles.length).toBeGreaterThan(0);
});

test("every page is in the index", () => {
  const index = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  const missing = pages.filter(({ path }) => path !== "README.md" && !index.includes(`(${path})`));
  expect(missing.map(({ path }) => path)).toEqual([]);
});

test("every file of every page is run, by a test or a command of the page", () => {
  const idle = withFiles.filter(({ tests, commands }) => tests.length + commands.length === 0);
  expect(idle.map(({ path }) => path)).toEqual([]);
});

test("every file of every page compiles", async () => {
  const config = join(folder, "tsconfig.json");
  const compilerOptions = {
    composite: false,
    noEmit: true,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    typeRoots: [join(root, "node_modules/@types")],
  };
  const base = join(root, "tsconfig.base.json");
  writeFileSync(config, JSON.stringify({ extends: base, compilerOptions, include: ["*/*.ts"] }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "-p", config]).catch((failed) => failed);
  expect(stdout).toBe("");
}, 60_000);

describe.each(withFiles)("$path", { timeout: 60_000 }, (page) => {
  test.runIf(page.tests.length > 0)("has tests that pass", async () => {
    const { stdout } = await node(page, "--test", "--test-reporter=tap", ...page.tests);
    expect(stdout).toMatch(/^# pass [1-9]/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });

  test.each(page.commands)("shows what `node $args` prints", async ({ args, output }) => {
    const { stdout } = await node(page, ...args);
    expect(stdout).toBe(output);
  });
});
