import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidateRefs, isRefName, isSha } from "./ref.ts";

const seed = 20261122;

describe("the name of a ref", () => {
  test.each(["main", "feature/x", "refs/heads/a-b", "v1.0.0", "ü", "a#b%2f", "a@b"])(
    "%j",
    (name) => {
      expect(isRefName(name)).toBe(true);
    },
  );

  test.each([
    ...["", "-x", "--exec", "/a", "a/", "a.", "a..b", "a b", "a~1", "a^", "a:b", "a?", "a*", "a["],
    ...["a\\b", "a@{1}", "@", "a/.b", ".a", "a.lock", "a.lock/b", "a//b", "a\n", "a\x7f", "\ud800"],
  ])("%j is none", (name) => {
    expect(isRefName(name)).toBe(false);
  });

  test("is one for git as well", () => {
    const part = fc.string({ unit: fc.constantFrom(..."ab./-@{}~^:*[\\ ?"), maxLength: 8 });
    const names = fc.sample(fc.array(part, { minLength: 1, maxLength: 3 }), { seed, numRuns: 60 });
    for (const name of names.map((parts) => parts.join("/")).filter(isRefName)) {
      const { status } = spawnSync("git", ["check-ref-format", `refs/heads/${name}`]);
      expect([name, status]).toEqual([name, 0]);
    }
  });
});

test("a short name stands for a branch before it stands for a tag", () => {
  expect(candidateRefs("v1")).toEqual(["heads/v1", "tags/v1"]);
  expect(candidateRefs("refs/pull/1/head")).toEqual(["pull/1/head"]);
  expect(candidateRefs("tags/v1")).toEqual(["tags/v1", "heads/tags/v1", "tags/tags/v1"]);
});

test("only 40 hexadecimal digits are a commit's id", () => {
  expect(isSha("a".repeat(40))).toBe(true);
  expect(isSha("a".repeat(39))).toBe(false);
  expect(isSha("g".repeat(40))).toBe(false);
});
