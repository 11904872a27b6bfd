import { createDatabase } from "@portico/testing-postgres";
import { describe, expect, test } from "vitest";
import { describeHealth } from "../../src/tuning/health/describe.ts";
import { CHECK_NAMES, checkHealth } from "../../src/tuning/health/health.ts";
import { inspecting } from "./session.ts";

const never = new AbortController().signal;

describe.each([15, 18] as const)("a new database on PostgreSQL %i", (version) => {
  test.each(["postgres", "ordinary"])("raises no alarm for %s", async (user) => {
    const db = await createDatabase(version);
    if (user !== "postgres") await db.run(`CREATE ROLE ${user}_${db.name} LOGIN`);
    await db.run(`
      CREATE TABLE customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE);
      CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id int REFERENCES customers, total numeric CHECK (total > 0));
      INSERT INTO customers (email) SELECT 'c' || n FROM generate_series(1, 500) n;
      INSERT INTO orders (customer_id, total) SELECT 1 + n % 500, 5 FROM generate_series(1, 2000) n;
      DELETE FROM orders WHERE id % 5 = 0`);
    const checks = await inspecting(
      db.url(user === "postgres" ? user : `${user}_${db.name}`),
      (on) => checkHealth(on, CHECK_NAMES, never),
    );
    expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
    expect(checks.filter((check) => "refused" in check)).toEqual([]);
    const text = describeHealth(checks, 15);
    expect(text).toMatch(/^Nothing is wrong in 7 checks\./);
    expect(text.length).toBeLessThan(2_000);
  });
});
