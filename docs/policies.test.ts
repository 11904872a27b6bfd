import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { REVISIONS } from "@portico/core";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const page = readFileSync(join(import.meta.dirname, "policies.md"), "utf8");
const published = globSync(["packages/*/package.json", "servers/*/package.json"], { cwd: root })
  .sort()
  .map((path) => JSON.parse(readFileSync(join(root, path), "utf8")));

test("the policies name the revisions that the code has, the newest first", () => {
  const named = [...page.matchAll(/^\| (\d{4}-\d\d-\d\d) \| yes \| yes \|$/gm)];
  expect(named.map(([, revision]) => revision)).toEqual([...REVISIONS].reverse());
});

test("the policies name the oldest Node that every package takes", () => {
  const [, oldest] = /^- Node (\S+) or newer/m.exec(page) ?? [];
  const engines = published.map(({ engines }) => engines.node);
  expect(new Set(engines)).toEqual(new Set([`>=${oldest}`]));
});

test("what published packages depend on is pinned, or one of them", () => {
  const needed = published.flatMap(({ dependencies = {} }) => Object.entries(dependencies));
  const loose = needed.filter(
    ([name, version]) => !name.startsWith("@portico/") && !/^\d+\.\d+\.\d+$/.test(`${version}`),
  );
  expect(loose).toEqual([]);
});

test("nothing runs when a published package is installed", () => {
  const scripts = published.flatMap(({ scripts = {} }) => Object.keys(scripts));
  expect(scripts.filter((name) => /install$|^prepare$/.test(name))).toEqual([]);
});
