import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clashing, linkTarget, repositoryPath } from "./path.ts";

const seed = 20261122;

describe("a path inside a repository", () => {
  test.each([
    ["src/main.ts", "src/main.ts"],
    ["/src/", "src"],
    ["/", ""],
    ["", ""],
    ["a b/ü?#%2f.txt", "a b/ü?#%2f.txt"],
    [".github/x", ".github/x"],
  ])("%j is %j", (given, path) => {
    expect(repositoryPath(given)).toBe(path);
  });

  test.each(["..", "a/../b", "./a", "a//b", ".git/config", "a/.GIT/x", "a\0b", "a\nb", "\ud800"])(
    "%j is none",
    (given) => {
      expect(repositoryPath(given)).toBeUndefined();
    },
  );

  test("is never changed by being read again, and never leads up", () => {
    const segment = fc.oneof(fc.constantFrom("..", ".", "", ".git", "a"), fc.string());
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const path = repositoryPath(segments.join("/"));
        if (path === undefined) return;
        expect(repositoryPath(path)).toBe(path);
        expect(new URL(`http://host/contents/${encodeURIComponent(path)}`).pathname).toBe(
          `/contents/${encodeURIComponent(path)}`,
        );
        expect(path.split("/")).not.toContain("..");
      }),
      { seed },
    );
  });
});

describe("of several paths", () => {
  test.each([
    [["a", "b", "a"], "a"],
    [["a/b/c", "a-b", "a/b"], "a/b"],
    [["a", "a.b", "a/b"], "a"],
  ])("%j clash at %j", (paths, path) => {
    expect(clashing(paths)).toBe(path);
  });

  test.each([[["a", "ab", "b/a"]], [["a/b", "a-b/c"]], [[]]])("%j do not clash", (paths) => {
    expect(clashing(paths)).toBeUndefined();
  });
});

describe("where a link leads", () => {
  test.each([
    ["docs/link", "../src/a", "src/a"],
    ["link", "./a//b", "a/b"],
    ["a/b", "..", ""],
  ])("%j to %j leads to %j", (link, target, path) => {
    expect(linkTarget(link, target)).toBe(path);
  });

  test.each([
    ["link", "/etc/passwd"],
    ["a/link", "../../x"],
    ["link", "a/../../x"],
    ["link", "a\0"],
  ])("%j to %j leads out of the repository", (link, target) => {
    expect(linkTarget(link, target)).toBeUndefined();
  });

  test("is never above the root", () => {
    const segment = fc.constantFrom("..", ".", "", "a", "b");
    fc.assert(
      fc.property(fc.array(segment), fc.array(segment, { minLength: 1 }), (at, to) => {
        const link = [...at.filter((name) => /^[ab]$/.test(name)), "link"].join("/");
        const found = linkTarget(link, to.join("/"));
        expect(found?.split("/") ?? []).not.toContain("..");
      }),
      { seed },
    );
  });
});
