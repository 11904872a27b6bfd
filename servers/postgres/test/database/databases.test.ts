import { createDatabase } from "@portico/testing-postgres";
import { expect, onTestFinished, test } from "vitest";
import { openDatabases } from "../../src/database/open-databases.ts";
import { parseConnection } from "../../src/database/parse-connection.ts";
import { value } from "./open.ts";

test("callers choose a database by its name, and never say where one is", async () => {
  const [one, other] = await Promise.all([createDatabase(18), createDatabase(15)]);
  const databases = openDatabases([
    { name: "shop", connection: parseConnection(one.url(), {}) },
    { name: "archive", connection: parseConnection(other.url(), {}) },
  ]);
  onTestFinished(() => databases.close());
  expect(databases.names).toEqual(["shop", "archive"]);
  const at = (name?: string) => value(databases.get(name), "SELECT current_database()");
  expect(await at()).toBe(one.name);
  expect(await at("archive")).toBe(other.name);
  for (const name of ["", other.url(), "__proto__", "ARCHIVE"]) {
    expect(() => databases.get(name)).toThrow(
      expect.objectContaining({
        code: "unknown-database",
        message: "There is no database of that name; the names are shop, archive.",
      }),
    );
  }
});

test("databases have names of their own, and there is one at least", () => {
  const connection = parseConnection("postgres://u@h/d", {});
  expect(() => openDatabases([])).toThrow("No database is configured");
  expect(() =>
    openDatabases([
      { name: "a", connection },
      { name: "a", connection },
    ]),
  ).toThrow('Two databases are named "a"');
});

test("nothing is unlimited", () => {
  const connection = parseConnection("postgres://u@h/d", {});
  for (const limit of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => openDatabases([{ name: "a", connection, statementTimeoutMs: limit }])).toThrow(
      "The statement time-out is a whole number",
    );
  }
});
