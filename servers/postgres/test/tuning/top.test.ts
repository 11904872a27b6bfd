import {
  createDatabase,
  removePostgres,
  startPostgres,
  type TestDatabase,
} from "@portico/testing-postgres";
import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { describeTop } from "../../src/tuning/statements/describe.ts";
import { topStatements } from "../../src/tuning/statements/top.ts";
import { inspecting } from "./session.ts";

describe.each([15, 18] as const)("top statements on PostgreSQL %i", (version) => {
  let db: TestDatabase;
  const top = (sortBy: "resources" | "mean_time" | "total_time" = "total_time", user?: string) =>
    inspecting(db.url(user), (on) => topStatements(on, { sortBy, limit: 50 }));

  beforeAll(async () => {
    db = await createDatabase(version);
    await db.run(`CREATE EXTENSION pg_stat_statements;
      CREATE TABLE numbers AS SELECT n FROM generate_series(1, 20000) n;
      CREATE ROLE ordinary_${db.name} LOGIN`);
    await db.run("SELECT count(*) FROM numbers a WHERE n % 7 = 3");
    await db.run("SELECT count(*) FROM numbers a WHERE n % 9 = 4");
    await db.run("SELECT 'rare' AS once");
  });

  test("are counted by kind, with constants left out", async () => {
    const { statements } = await top();
    const counting = statements.find(({ query }) => query?.includes("FROM numbers a"));
    expect(counting).toMatchObject({
      query: "SELECT count(*) FROM numbers a WHERE n % $1 = $2",
      calls: 2,
      rowsPerCall: 1,
      role: "postgres",
    });
    expect(counting!.totalMs).toBeGreaterThan(0);
    expect(counting!.meanMs).toBeCloseTo(counting!.totalMs / 2, 5);
  });

  test("tell no password that PostgreSQL kept with a statement", async () => {
    await db.run(`ALTER ROLE ordinary_${db.name} PASSWORD 's3cret'`);
    const texts = (await top()).statements.map(({ query }) => query);
    expect(texts).toContain(`ALTER ROLE ordinary_${db.name} PASSWORD '…'`);
  });

  test.each([
    ["total_time", "totalMs"],
    ["mean_time", "meanMs"],
  ] as const)("come dearest first by %s", async (sortBy, field) => {
    const costs = (await top(sortBy)).statements.map((statement) => statement[field]);
    expect(costs.length).toBeGreaterThan(2);
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
  });

  test("by resources come first where they use most of anything", async () => {
    const shares = (await top("resources")).statements.map((statement) =>
      Math.max(statement.timeShare, statement.blockShare, statement.dirtyShare, statement.walShare),
    );
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  test("have shares that make up the whole", async () => {
    const { statements, known } = await inspecting(db.url(), (on) =>
      topStatements(on, { sortBy: "total_time", limit: 1_000 }),
    );
    expect(statements).toHaveLength(known);
    const whole = statements.reduce((sum, { timeShare }) => sum + timeShare, 0);
    expect(whole).toBeCloseTo(1, 6);
  });

  test("say nothing of other databases", async () => {
    const other = await createDatabase(version);
    await other.run("CREATE EXTENSION pg_stat_statements; SELECT 'elsewhere' AS place");
    const texts = (await top()).statements.map(({ query }) => query);
    expect(texts.join()).not.toContain("AS place");
  });

  test("hide the texts of others from an ordinary role", async () => {
    await db.run(`GRANT SELECT ON numbers TO ordinary_${db.name}`);
    const { statements } = await top("total_time", `ordinary_${db.name}`);
    const others = statements.filter(({ role }) => role === "postgres");
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(({ query }) => query === null)).toBe(true);
    const text = describeTop(await top("total_time", `ordinary_${db.name}`), {
      sortBy: "total_time",
      queryLength: 100,
    });
    expect(text).toContain("(text hidden from this role)");
  });

  test("are shown one to a line with their text cut", async () => {
    const shown = describeTop(await top(), { sortBy: "total_time", queryLength: 50 });
    expect(shown).toMatch(/^\d+ of \d+ kinds of statement since 2\d{3}-.*, by total time:\n1\. /);
    for (const line of shown.split("\n").filter((line) => line.startsWith("   "))) {
      expect(line.length).toBeLessThanOrEqual(53);
    }
  });

  test("are explained where the extension is missing", async () => {
    const bare = await createDatabase(version);
    const asked = inspecting(bare.url(), (on) =>
      topStatements(on, { sortBy: "resources", limit: 1 }),
    );
    await expect(asked).rejects.toThrow(
      /pg_stat_statements, .* is not installed in this database; .*CREATE EXTENSION/,
    );
  });

  test("are explained where the extension is installed and not loaded", async () => {
    const server = await startPostgres({ version });
    try {
      const client = new Client(server.url());
      await client.connect();
      await client.query("CREATE EXTENSION pg_stat_statements");
      await client.end();
      const asked = inspecting(server.url(), (on) =>
        topStatements(on, { sortBy: "resources", limit: 1 }),
      );
      await expect(asked).rejects.toThrow(
        /must put pg_stat_statements into shared_preload_libraries/,
      );
    } finally {
      await removePostgres(server);
    }
  });
});
