import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { describeBloat } from "../../src/tuning/bloat/describe.ts";
import { type Bloat, survey } from "../../src/tuning/bloat/survey.ts";
import { inspecting } from "./session.ts";

const everything = { kinds: ["table", "index"], least: 100_000, limit: 100 } as const;

describe.each([15, 18] as const)("bloat on PostgreSQL %i", (version) => {
  let db: TestDatabase;
  const look = (user?: string) => inspecting(db.url(user), (on) => survey(on, everything));
  const waste = ({ wasted, bytes }: Bloat) => wasted / bytes;

  describe("of tables and indexes just written", () => {
    beforeAll(async () => {
      db = await createDatabase(version);
      await db.run(`
        CREATE TABLE plain (id bigint PRIMARY KEY, n int, t text);
        CREATE TABLE narrow (a bool, b bigint, c smallint, d bigint);
        CREATE TABLE nulls (a int, b text, c timestamptz, d numeric, e uuid);
        CREATE TABLE wide (id int, body text);
        CREATE TABLE loose (id int, t text) WITH (fillfactor = 50);
        INSERT INTO plain SELECT n, n, 'some text ' || n FROM generate_series(1, 60000) n;
        INSERT INTO narrow SELECT true, n, 1, n FROM generate_series(1, 60000) n;
        INSERT INTO nulls SELECT n, CASE WHEN n % 3 = 0 THEN 'x' || n END, CASE WHEN n % 2 = 0 THEN now() END, n * 1.5, gen_random_uuid() FROM generate_series(1, 60000) n;
        INSERT INTO wide SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 8000) n;
        INSERT INTO loose SELECT n, 'text ' || n FROM generate_series(1, 60000) n;
        CREATE INDEX text_index ON plain (t);
        CREATE INDEX many_equal ON plain ((n % 50));
        CREATE INDEX two_columns ON plain (n, t);
        CREATE INDEX tight ON plain (n) WITH (fillfactor = 70);
        CREATE INDEX of_nulls ON nulls (c);
        CREATE INDEX of_numeric ON nulls (d);
        CREATE INDEX of_uuid ON nulls (e);
        CREATE INDEX of_flag ON narrow (a, c)`);
      await db.run("VACUUM ANALYZE");
    });

    test("is next to nothing by estimate", async () => {
      const { bloats, unknown } = await look();
      expect(unknown).toBe(0);
      for (const bloat of bloats)
        expect({ ...bloat, share: waste(bloat) }).toSatisfy(({ share }) => share < 0.1);
    });
  });

  describe("of tables and indexes emptied", () => {
    beforeAll(async () => {
      db = await createDatabase(version);
      await db.run(`
        CREATE TABLE emptied (id bigint PRIMARY KEY, t text);
        INSERT INTO emptied SELECT n, 'some text ' || n FROM generate_series(1, 100000) n;
        CREATE INDEX of_text ON emptied (t);
        CREATE ROLE ordinary_${db.name} LOGIN;
        DELETE FROM emptied WHERE id % 10 <> 0`);
      await db.run("VACUUM ANALYZE");
    });

    test("is estimated close to what pgstattuple measures", async () => {
      const { bloats: estimates, canMeasure } = await look();
      expect(canMeasure).toBe(false);
      await db.run("CREATE SCHEMA tools; CREATE EXTENSION pgstattuple SCHEMA tools");
      const { bloats: measures } = await look();
      await db.run("DROP EXTENSION pgstattuple");
      expect(measures.map(({ name }) => name).sort()).toEqual([
        "public.emptied",
        "public.emptied_pkey",
        "public.of_text",
      ]);
      for (const measured of measures) {
        const estimated = estimates.find(({ name }) => name === measured.name)!;
        expect([measured.measured, estimated.measured]).toEqual([true, false]);
        expect(waste(measured)).toBeGreaterThan(0.75);
        expect(Math.abs(waste(measured) - waste(estimated))).toBeLessThan(0.1);
      }
    });

    test("is told with what it rests on and what a human could run", async () => {
      const text = describeBloat(await look(), everything.least);
      expect(text).toMatch(/^3 relations of 97\.7 KB or more, the most wasteful first:\n- /);
      expect(text).toMatch(/- table public\.emptied: .* wasted \(\d+(\.\d)? %, estimated\)/);
      expect(text).toContain("REINDEX INDEX CONCURRENTLY public.");
      expect(text).toContain("Estimates reckon with the statistics");
    });

    test("is not guessed at for a role that may not read the table", async () => {
      const { bloats, unknown } = await look(`ordinary_${db.name}`);
      expect(bloats).toEqual([]);
      expect(unknown).toBe(3);
    });
  });

  test("is not guessed at before a table was analysed", async () => {
    db = await createDatabase(version);
    await db.run(`CREATE TABLE new (a int) WITH (autovacuum_enabled = false);
      INSERT INTO new SELECT generate_series(1, 50000)`);
    expect(await look()).toEqual({ bloats: [], unknown: 1, canMeasure: false });
  });
});
