import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ConfigError } from "@portico/runner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { placeOf } from "./place.ts";

let home: string;

beforeAll(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "portico-place-"));
});
afterAll(() => fs.rmSync(home, { recursive: true }));

const place = (options: Parameters<typeof placeOf>[0]) =>
  placeOf(options, { platform: "linux", env: {}, home });

function mistake(options: Parameters<typeof placeOf>[0]): ConfigError {
  try {
    place(options);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error("It was accepted.");
}

test("without a word the memory is in the user's data folder", () => {
  const file = path.join(home, ".local", "share", "portico", "memory.db");
  expect(place({})).toEqual({ kind: "sqlite", path: file });
});

test.each(["x.db", "x.sqlite", "x.sqlite3", "x.DB"])("%s is a database", (name) => {
  const file = path.resolve(home, name);
  expect(place({ file })).toEqual({ kind: "sqlite", path: file });
});

test("~ is the home directory", () => {
  expect(place({ file: "~/notes.db" })).toEqual({
    kind: "sqlite",
    path: path.join(home, "notes.db"),
  });
});

test.each([
  ["memory.jsonl", "memory.db"],
  ["memory.json", "memory.db"],
  ["memory.txt", "memory.db"],
  ["memory", "memory.db"],
  ["a.b.jsonl", "a.b.db"],
])("%s of the official server goes into %s beside it", (old, database) => {
  expect(place({ file: path.join(home, old) })).toEqual({
    kind: "sqlite",
    path: path.join(home, database),
    takeOver: path.join(home, old),
  });
});

test("a directory is refused, with a file in it as the correction", () => {
  const { message, correction } = mistake({ file: home });
  expect(message).toContain("is a directory");
  expect(correction).toEqual({
    setting: "file",
    insteadOf: home,
    value: path.join(home, "memory.db"),
  });
});

test("a file and PostgreSQL together are refused", () => {
  expect(mistake({ file: "x.db", "database-url": "postgres://h/d" }).message).toContain(
    "not in both",
  );
});

test("PostgreSQL is given by its URL, which no message repeats", () => {
  const url = "postgresql://ann:secret@db:5432/memory?sslmode=verify-full";
  expect(place({ "database-url": url })).toEqual({ kind: "postgres", url });
  const { message, correction } = mistake({ "database-url": "mysql://ann:secret@db/memory" });
  expect(message + JSON.stringify(correction)).not.toContain("secret");
});
