import { type PostgresServer, removePostgres, startPostgres } from "@portico/testing-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHECK_NAMES } from "../../src/tuning/health/check-names.ts";
import { describeHealth } from "../../src/tuning/health/describe.ts";
import { checkHealth } from "../../src/tuning/health/health.ts";
import { inspecting } from "./session.ts";

const never = new AbortController().signal;

// A server of its own: what other tests leave on a shared one, slots above all, is rightly found.
describe.each([15, 18] as const)("a new database on PostgreSQL %i", (version) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres({ version });
    const client = new Client(server.url());
    await client.connect();
    await client.query(`
      CREATE ROLE ordinary LOGIN;
      CREATE TABLE customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE);
      CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id int REFERENCES customers, total numeric CHECK (total > 0));
      INSERT INTO customers (email) SELECT 'c' || n FROM generate_series(1, 500) n;
      INSERT INTO orders (customer_id, total) SELECT 1 + n % 500, 5 FROM generate_series(1, 2000) n;
      DELETE FROM orders WHERE id % 5 = 0`);
    await client.end();
  });

  afterAll(() => removePostgres(server));

  test.each(["postgres", "ordinary"])("raises no alarm for %s", async (user) => {
    const checks = await inspecting(server.url("postgres", user), (on) =>
      checkHealth(on, CHECK_NAMES, never),
    );
    expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
    expect(checks.filter((check) => "refused" in check)).toEqual([]);
    const text = describeHealth(checks, 15);
    expect(text).toMatch(/^Nothing is wrong in 7 checks\./);
    expect(text.length).toBeLessThan(2_000);
  });

  test("says to an ordinary role what it may not see", async () => {
    const checks = await inspecting(server.url("postgres", "ordinary"), (on) =>
      checkHealth(on, ["sequence"], never),
    );
    expect(checks[0]).toMatchObject({
      summary: "2 sequences.",
      unseen: "2 sequences could not be read by ordinary, which needs SELECT on them.",
    });
  });

  test("is looked at in part when the time is up, and says so", async () => {
    let begun = 0;
    const checks = await inspecting(server.url(), (on) =>
      checkHealth(on, ["buffer", "index"], never, () => begun++ > 0),
    );
    expect(describeHealth(checks, 15)).toContain(
      "- index: could not be looked at (the time was up; ask for it alone)",
    );
    expect(checks[0]).toHaveProperty("summary");
  });
});
