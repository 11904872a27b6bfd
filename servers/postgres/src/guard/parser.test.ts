import { describe, expect, test } from "vitest";
import { judge } from "./judge.ts";

const DEEP = 100_000;

describe("a text that breaks the parser is refused, and the next one is judged as ever:", () => {
  test.each([
    ["parentheses", `SELECT ${"(".repeat(DEEP)}1${")".repeat(DEEP)}`],
    ["sums", `SELECT 1${" + 1".repeat(DEEP)}`],
    ["subqueries", `SELECT ${"(SELECT ".repeat(DEEP)}1${")".repeat(DEEP)}`],
    ["unions", `SELECT 1${" UNION SELECT 1".repeat(DEEP / 2)}`],
    ["negations", `SELECT ${"NOT ".repeat(DEEP)}true`],
    ["arrays", `SELECT ${"ARRAY[".repeat(DEEP)}1${"]".repeat(DEEP)}`],
    ["joins", `SELECT 1 FROM a${" JOIN a ON true".repeat(DEEP / 2)}`],
    ["casts", `SELECT 1${"::int".repeat(DEEP)}`],
    ["common table expressions", `${"WITH a AS (".repeat(DEEP / 2)}SELECT 1`],
  ])("%s", async (_, sql) => {
    await expect(judge(sql, "read-only")).rejects.toThrow("nested too deeply");
    expect((await judge("SELECT 1", "read-only")).kind).toBe("select");
  });
});

test("deep but not broken is refused where PostgreSQL's own stack would be at its end", async () => {
  await expect(judge(`SELECT 1${" + 1".repeat(3_000)}`, "read-only")).rejects.toThrow("too deeply");
  await expect(judge(`SELECT 1${" + 1".repeat(200)}`, "read-only")).resolves.toBeDefined();
});

test("broken texts, one after the other, do not use the parser up", async () => {
  for (let i = 0; i < 20; i++) {
    await expect(judge(`SELECT 1${" + 1".repeat(DEEP)}`, "read-only")).rejects.toThrow(
      "too deeply",
    );
    await expect(judge("SELECT (", "read-only")).rejects.toThrow("cannot parse");
  }
  expect((await judge("SELECT 1", "read-only")).sql).toBe("SELECT 1");
});

test("statements are judged at the same time without getting in each other's way", async () => {
  const numbers = Array.from({ length: 50 }, (_, index) => `SELECT ${index}`);
  const judged = await Promise.all(numbers.map((sql) => judge(sql, "read-only")));
  expect(judged.map(({ sql }) => sql)).toEqual(numbers);
});

test("a megabyte is the limit", async () => {
  const list = (bytes: number) => `SELECT '${"x".repeat(bytes)}'`;
  await expect(judge(list(1024 * 1024), "read-only")).rejects.toThrow("larger than 1 MB");
  await expect(judge(list(1000 * 1000), "read-only")).resolves.toBeDefined();
});
