import fc from "fast-check";
import { expect, test } from "vitest";
import { projectName } from "./project.ts";

test.each(["default", "shop", "Kunden 2026", "日本語", "a.b_c-d", "x".repeat(64), "9"])(
  "%j is a project's name",
  (name) => expect(projectName(name)).toBe(name),
);

test.each([
  "",
  " ",
  ".",
  "..",
  "../x",
  "a/b",
  "a\\b",
  "/etc",
  "C:",
  "a\0b",
  "a\nb",
  "a\u202eb",
  "a\u200bb",
  "a ",
  "a.",
  "-a",
  "\ud83d",
  "x".repeat(65),
  "a%2fb",
])("%j is none", (name) => expect(projectName(name)).toBeUndefined());

test("two spellings that look the same are one project", () => {
  expect(projectName("Cafe\u0301")).toBe(projectName("Caf\u00e9"));
});

test("no name leads out of a folder or hides what it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 70 }), (text) => {
      const name = projectName(text);
      if (name === undefined) return;
      expect(name).not.toMatch(/[/\\:%\p{C}]|^\.|\.$/u);
      expect(projectName(name)).toBe(name);
    }),
    { seed: 4, numRuns: 500 },
  );
});
