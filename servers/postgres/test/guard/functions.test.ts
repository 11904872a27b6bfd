import { createDatabase } from "@portico/testing-postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { safeNames as listed } from "../../src/guard/functions/safe-names.ts";
import { builtIn } from "./functions/catalogue.ts";
import { type Described, safeNames } from "./functions/choice.ts";
import { type Guarded, guarded } from "./support/guarded.ts";

/** Has a rule of its own: what it is asked for decides. */
const RULED = new Set(["current_setting"]);

describe.each([15, 18] as const)("of the functions of PostgreSQL %i", (version) => {
  let all: readonly Described[];
  let connection: Guarded;
  beforeAll(async () => {
    const database = await createDatabase(version);
    all = await builtIn(database.url());
    connection = await guarded(database.url());
    return () => connection.close();
  });

  test("each is refused unless it is in the list", async () => {
    const names = [...new Set(all.map(({ name }) => name))];
    expect(names.length).toBeGreaterThan(2_500);
    const passed: string[] = [];
    for (const name of names.filter((name) => !listed.has(name))) {
      for (const called of [`"${name}"()`, `pg_catalog."${name}"()`]) {
        if ((await connection.refusal(`SELECT ${called}`)) === undefined) passed.push(called);
      }
    }
    expect(passed).toEqual([]);
  }, 90_000);

  test("each in the list is let through", async () => {
    const present = new Set(all.map(({ name }) => name));
    const calls = [...listed]
      .filter((name) => present.has(name) && !RULED.has(name))
      .flatMap((name) => [`"${name}"()`, `pg_catalog."${name}"()`]);
    expect(await connection.refusal(`SELECT ${calls.join(", ")}`)).toBeUndefined();
  });
});

test("the list is what the generator writes for both versions", async () => {
  const all: Described[] = [];
  for (const version of [15, 18] as const) {
    const database = await createDatabase(version);
    all.push(...(await builtIn(database.url())));
  }
  expect([...listed]).toEqual(safeNames(all));
});
