import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, describe, expect, test } from "vitest";
import type { Session } from "../../src/database/database.ts";
import { judge } from "../../src/guard/judge.ts";
import { type Advice, advise, candidatesOf } from "../../src/tuning/advisor/advise.ts";
import { definition, plainDefinition } from "../../src/tuning/advisor/candidates.ts";
import { describeAdvice } from "../../src/tuning/advisor/describe.ts";
import { planOf } from "../../src/tuning/advisor/plan.ts";
import { type Costing, search } from "../../src/tuning/advisor/search.ts";
import { type Studied, study } from "../../src/tuning/advisor/workload.ts";
import { attempt, type Inspection, inspect, setSearchPath } from "../../src/tuning/inspection.ts";
import { inspecting, reading, trying } from "./session.ts";

const never = new AbortController().signal;
const usual = { maxBytes: 1e12, method: "dta", timeMs: 10_000, signal: never } as const;
const noLimits = { bytes: 1e12, indexes: 8, timeIsUp: () => false };

async function screen(sql: string): Promise<void> {
  await judge(sql, "read-write");
}

const given = (...statements: string[]) => statements.map((sql) => ({ sql, weight: 1 }));

/** What costs are in truth: with the indexes really made, for a moment nobody else sees. */
function trueCosting({ session }: Inspection): Costing<Studied> {
  return async (statement, indexes) => {
    let cost: number | undefined;
    await attempt(session, async () => {
      for (const index of indexes) await session.query(plainDefinition(index));
      cost = (await planOf(session, statement)).cost;
      await session.query("SELECT 1 / 0");
    });
    return cost;
  };
}

describe.each([15, 18] as const)("index advice on PostgreSQL %i", (version) => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createDatabase(version);
    await db.run(`
      CREATE SCHEMA shop;
      CREATE TABLE shop.customers (id int PRIMARY KEY, email text, city text);
      CREATE TABLE shop.orders (id int PRIMARY KEY, customer_id int, status text, total int, created timestamptz, "Odd Name" int, "Note Text" varchar);
      CREATE TABLE small (id int, name text);
      INSERT INTO shop.customers SELECT n, 'c' || n || '@example.org', 'city' || n % 100 FROM generate_series(1, 20000) n;
      INSERT INTO shop.orders SELECT n, n % 20000, CASE WHEN n % 100 = 0 THEN 'open' ELSE 'closed' END, n % 1000,
        timestamptz '2026-01-01' + n * interval '1 minute', n, 'Note ' || n FROM generate_series(1, 60000) n;
      INSERT INTO small SELECT n, 'x' FROM generate_series(1, 50) n;
      CREATE INDEX by_mail ON shop.customers (lower(email));
      CREATE INDEX by_status ON shop.orders (status, created);
      CREATE VIEW shop.open_orders AS SELECT * FROM shop.orders WHERE status = 'open';
      CREATE ROLE ordinary_${db.name} LOGIN;
      ANALYZE`);
    await db.run(`ALTER DATABASE ${db.name} SET search_path = shop, public`);
  });

  const byRules = (...statements: string[]) =>
    inspecting(db.url(), (on) => advise(on, given(...statements), screen, usual));

  const proposed = ({ chosen }: Pick<Advice, "chosen">) =>
    chosen.map(({ candidate }) => definition(candidate));

  /** The same search with true costs instead of rules. */
  const byTruth = (...statements: string[]) =>
    trying(db.url(), async (session) => {
      const on = await inspect(session);
      const { studied } = await study(on, given(...statements), { screen, timeIsUp: () => false });
      await setSearchPath(session, on.searchPath);
      return search(studied, candidatesOf(studied), trueCosting(on), noLimits);
    });

  const CASES = {
    "a value looked for": ["SELECT * FROM orders WHERE customer_id = 5", "customer_id"],
    "a value that is not known yet": ["SELECT * FROM orders WHERE customer_id = $1", "customer_id"],
    "a quoted name": [`SELECT * FROM orders WHERE "Odd Name" = 5`, '"Odd Name"'],
    "rows to be changed": [
      "UPDATE orders SET status = 'closed' WHERE customer_id = $1",
      "customer_id",
    ],
    "a function of a column": [
      'SELECT * FROM orders WHERE lower("Note Text") = $1',
      'lower("Note Text")',
    ],
    "a join of few with many": [
      "SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = 7",
      "customer_id",
    ],
  } as const;

  test.each(Object.entries(CASES))(
    "finds the index for %s, by rules as in truth",
    async (_, [sql, columns]) => {
      const wanted = [`CREATE INDEX CONCURRENTLY ON shop.orders (${columns})`];
      expect(proposed(await byRules(sql))).toEqual(wanted);
      expect(proposed(await byTruth(sql))).toEqual(wanted);
    },
  );

  test("finds one index for what is equal and then sorted", async () => {
    const sql = "SELECT * FROM orders WHERE customer_id = 5 ORDER BY created DESC LIMIT 3";
    const [index] = proposed(await byTruth(sql));
    expect(index).toMatch(/ON shop\.orders \(customer_id(, created)?\)$/);
  });

  test("finds an index for each of several statements, the dearest first", async () => {
    const advice = await byRules(
      "SELECT * FROM customers WHERE email = $1",
      "SELECT * FROM orders WHERE customer_id = $1",
    );
    expect(proposed(advice)).toEqual([
      "CREATE INDEX CONCURRENTLY ON shop.orders (customer_id)",
      "CREATE INDEX CONCURRENTLY ON shop.customers (email)",
    ]);
    expect(advice.after).toBeLessThan(advice.before / 10);
  });

  test.each([
    "SELECT * FROM orders WHERE id = 5",
    "SELECT * FROM orders WHERE status = 'open' AND created > now()",
    "SELECT * FROM small WHERE name = 'x'",
    "SELECT count(*) FROM orders",
    "SELECT * FROM customers WHERE lower(city) = 'x' AND lower(email) = 'y'",
    "SELECT * FROM orders WHERE total >= 0",
  ])("proposes nothing where nothing would help: %s", async (sql) => {
    expect(proposed(await byRules(sql))).toEqual([]);
    expect(proposed(await byTruth(sql))).toEqual([]);
  });

  test("stays within the room it is given", async () => {
    const advice = await inspecting(db.url(), (on) =>
      advise(on, given("SELECT * FROM orders WHERE customer_id = 5"), screen, {
        ...usual,
        maxBytes: 10_000,
      }),
    );
    expect(proposed(advice)).toEqual([]);
  });

  test("answers with what it has when the time is up", async () => {
    const advice = await inspecting(db.url(), (on) =>
      advise(on, given("SELECT * FROM orders WHERE customer_id = 5"), screen, {
        ...usual,
        timeMs: 0,
      }),
    );
    expect(advice).toMatchObject({
      chosen: [],
      skipped: [{ reason: "the time was up" }],
      cut: true,
    });
    expect(describeAdvice(advice, 100)).toContain("The time was up");
  });

  test("says what it could not look at, and why", async () => {
    const advice = await byRules(
      "SELECT * FROM nowhere",
      "SELEC 1",
      "SELECT 1; SELECT 2",
      "SELECT pg_sleep(1), * FROM orders WHERE customer_id = 1",
      "SELECT * FROM open_orders WHERE total = 1",
      "VACUUM orders",
      "SELECT * FROM orders WHERE created > now() - interval $1 AND customer_id = $2",
    );
    expect(advice.studied.map(({ sql }) => sql)).toEqual([
      "SELECT * FROM orders WHERE created > now() - CAST($1 AS interval) AND customer_id = $2",
    ]);
    expect(advice.skipped.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("syntax error"),
      "it is not one statement",
      "it reads no table of a user's",
      "it reads no table of a user's",
      expect.stringContaining("pg_sleep"),
      "it reads no table of a user's",
    ]);
    expect(describeAdvice(advice, 100)).toMatch(
      /3 statements left out, as reading no table of a user's\.\nNot studied \(3\):/,
    );
  });

  test("does not let a statement out of the statistics run a function while it is planned", async () => {
    await db.run(`CREATE SEQUENCE public.called;
      CREATE FUNCTION shop.harmless() RETURNS int IMMUTABLE LANGUAGE sql AS $$ SELECT nextval('public.called')::int $$`);
    const refusing = async (sql: string) => {
      await judge(sql, "read-write");
      if (sql.includes("harmless"))
        throw new (await import("../../src/guard/judge.ts")).Refused("No.");
    };
    const advice = await inspecting(db.url(), (on) =>
      advise(on, given("SELECT * FROM orders WHERE customer_id = harmless()"), refusing, usual),
    );
    expect(advice.skipped).toEqual([expect.objectContaining({ reason: "No" })]);
  });

  test("says to an ordinary role which tables it may not read", async () => {
    const role = `ordinary_${db.name}`;
    await db.run(`GRANT USAGE ON SCHEMA shop TO ${role}`);
    const advice = await inspecting(db.url(role), (on) =>
      advise(on, given("SELECT * FROM orders WHERE customer_id = 5"), screen, usual),
    );
    expect(advice.skipped).toEqual([
      expect.objectContaining({ reason: "permission denied for table orders" }),
    ]);
  });

  test("is told as a heuristic, with the reasons, within a few lines", async () => {
    const text = describeAdvice(await byRules("SELECT * FROM orders WHERE customer_id = 5"), 100);
    expect(text.split("\n")).toEqual([
      expect.stringMatching(
        /^1 statement studied, \d possible index(es)? tried\. 1 index would cut the cost of all together by about 9\d(\.\d)? %:$/,
      ),
      "1. CREATE INDEX CONCURRENTLY ON shop.orders (customer_id);",
      expect.stringMatching(
        /^ {3}about .*B; the whole becomes .* cheaper; shop\.orders has 60,000 rows; customer_id has about [12]\d,\d{3} values$/,
      ),
      "   - now reads all of shop.orders: SELECT * FROM orders WHERE customer_id = 5",
      expect.stringMatching(/^HEURISTIC: without the extension HypoPG/),
    ]);
  });

  test("plans for values nobody knows as PostgreSQL itself would", async () => {
    const plans = await reading(db.url(), async (session: Session) => {
      const known = await planOf(session, {
        sql: "SELECT * FROM shop.orders WHERE id = 5",
        parameters: 0,
      });
      const unknown = await planOf(session, {
        sql: "SELECT * FROM shop.orders WHERE id = $1",
        parameters: 1,
      });
      const bad = { sql: "SELECT * FROM shop.orders WHERE id = $1 / 0", parameters: 1 };
      const failed = await attempt(session, () => planOf(session, bad));
      const left = await session.query(
        "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'portico%'",
      );
      return { known, unknown, failed, left: left.rows };
    });
    expect(plans.unknown.nodes[0]).toMatchObject({
      kind: "Index Scan",
      schema: "shop",
      relation: "orders",
      rows: 1,
    });
    expect(plans.unknown.cost).toBeCloseTo(plans.known.cost);
    expect(plans.left).toEqual([["0"]]);
  });
});
