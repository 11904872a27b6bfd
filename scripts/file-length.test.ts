import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

/** Lines a file may have: what a server starts with is read at a glance, a list of tests may be longer. */
function limitOf(path: string): number {
  if (/^servers\/[^/]+\/src\/main\.ts$/.test(path)) return 39;
  return path.endsWith(".test.ts") ? 500 : 300;
}

/** Files allowed to be longer, at the length they have now: it may only shrink. Each says why. */
const LONGER: Readonly<Record<string, { readonly lines: number; readonly why: string }>> = {};

const root = resolve(import.meta.dirname, "..");
const folders = "{bench,examples,interop,packages,scripts,servers}/**/*.ts";
const generated = /(^|\/)(node_modules|dist|peers)\//;

const lengths = new Map(
  globSync(folders, { cwd: root, exclude: (path) => generated.test(`${path}/`) })
    .map((path) => path.replaceAll("\\", "/"))
    .map((path) => [path, readFileSync(join(root, path), "utf8").split("\n").length - 1] as const),
);

test("no file is longer than its kind or its exception allows", () => {
  const tooLong = [...lengths].flatMap(([path, lines]) => {
    const allowed = LONGER[path]?.lines ?? limitOf(path);
    return lines > allowed
      ? [`${path} has ${lines} lines; split it by idea (${allowed} allowed).`]
      : [];
  });
  expect(tooLong).toEqual([]);
});

test("an exception shrinks with its file", () => {
  const stale = Object.entries(LONGER).flatMap(([path, { lines }]) => {
    const now = lengths.get(path) ?? 0;
    if (now <= limitOf(path)) return [`${path} needs no exception any more; delete it.`];
    return now < lines ? [`${path} has ${now} lines now; lower its exception from ${lines}.`] : [];
  });
  expect(stale).toEqual([]);
});
