import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { complaints, type Packed } from "./complaints.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "portico-packed-"));
  for (const file of ["README.md", "LICENSE", "dist/main.cjs"]) await add(file, "x".repeat(1000));
});

afterEach(() => rm(root, { recursive: true }));

async function add(path: string, text = ""): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

function packed(manifest: Partial<Packed["manifest"]> = {}): Packed {
  const bin = { demo: "dist/main.cjs" };
  return { tarball: "demo.tgz", root, manifest: { name: "demo", bin, ...manifest } };
}

test("a package with all it needs and within its budget is fine", () => {
  expect(complaints(packed(), 3)).toEqual([]);
});

test("a missing licence, readme or binary is named", async () => {
  await rm(join(root, "README.md"));
  await rm(join(root, "dist/main.cjs"));
  expect(complaints(packed(), 3)).toEqual([
    "demo is packed without README.md.",
    "demo is packed without dist/main.cjs.",
  ]);
});

test("tests and build state do not belong into a package", async () => {
  await add("dist/a.test.js");
  await add("dist/.tsbuildinfo");
  await add("test/a.ts");
  expect(complaints(packed(), 3)).toHaveLength(3);
});

test("a bundled server has no dependencies", () => {
  expect(complaints(packed({ dependencies: { diff: "9.0.0" } }), 3)).toEqual([
    "demo is bundled: move diff to devDependencies.",
  ]);
});

test("a bundled server brings what cannot be bundled", () => {
  expect(complaints(packed({ dependencies: { "better-sqlite3": "13.2.0" } }), 3)).toEqual([]);
});

test("a library that also has a command brings its dependencies", () => {
  const dependencies = { jose: "6.0.0" };
  const manifest = { exports: {}, bin: { demo: "./dist/main.cjs" }, dependencies };
  expect(complaints(packed(manifest), 3)).toEqual([]);
});

test("growing past the budget, or having none, is told with the size", () => {
  expect(complaints(packed(), 2)).toEqual([
    "demo unpacks to 3 kB; bench/budgets.json allows 2 kB. Find what grew, or raise it and say why in the commit.",
  ]);
  expect(complaints(packed(), undefined)).toEqual([
    "demo has no budget; add its 3 kB to bench/budgets.json.",
  ]);
});
