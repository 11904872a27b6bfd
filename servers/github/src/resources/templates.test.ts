import fc from "fast-check";
import { expect, test } from "vitest";
import { FILES, refOf, variablesOf } from "./templates.ts";

test.each([
  [FILES.default, "repo://octo/site/contents/src/a%20b.ts", { path: "src/a b.ts" }],
  [FILES.default, "repo://octo/site/contents", {}],
  [
    FILES.branch,
    "repo://octo/site/refs/heads/fix%2Fit/contents/a",
    { branch: "fix/it", path: "a" },
  ],
  [FILES.pull, "repo://octo/site/refs/pull/7/head/contents/a/b", { prNumber: "7", path: "a/b" }],
])("%s fits %s", (template, uri, variables) => {
  expect(variablesOf(template, uri)).toEqual({ owner: "octo", repo: "site", ...variables });
});

test.each([
  "repo://octo/contents/a",
  "repo://octo/site/contents/a?ref=b",
  "repo://octo/site/contents/%",
  "repo://octo/site/refs/heads/fix/it/contents/a",
  "file:///etc/passwd",
])("%s is none of the default branch", (uri) => {
  expect(variablesOf(FILES.default, uri)).toBeUndefined();
});

test("any name of a branch and a path come back as they went in", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(
    fc.property(name, fc.array(name, { minLength: 1 }), (branch, path) => {
      const parts = path.map(encodeURIComponent).join("/");
      const uri = `repo://octo/site/refs/heads/${encodeURIComponent(branch)}/contents/${parts}`;
      expect(variablesOf(FILES.branch, uri)).toMatchObject({ branch, path: path.join("/") });
    }),
    { seed: 5 },
  );
});

test("a URI names its ref as git does", () => {
  expect(refOf({ branch: "main" })).toBe("refs/heads/main");
  expect(refOf({ tag: "v1" })).toBe("refs/tags/v1");
  expect(refOf({ sha: "abc" })).toBe("abc");
  expect(refOf({})).toBeUndefined();
});
