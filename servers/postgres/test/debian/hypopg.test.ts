import { removePostgres, startPostgres } from "@portico/testing-postgres";
import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { call, refusal } from "../support/calls.ts";
import { clientOn } from "../support/server.ts";
import { hypopg } from "./programs.ts";

const sql = "SELECT * FROM shop.orders WHERE customer_id = 5";
const hypothetical_indexes = [{ table: "shop.orders", columns: ["customer_id"] }];

describe.skipIf(hypopg === undefined)("with HypoPG", () => {
  let url: string;

  beforeAll(async () => {
    const server = await startPostgres({
      version: 15,
      programs: hypopg!,
      settings: { shared_preload_libraries: "pg_stat_statements" },
    });
    url = server.url("postgres", "ordinary");
    const admin = new Client(server.url());
    await admin.connect();
    await admin.query(`
      CREATE SCHEMA "Extra"; CREATE EXTENSION hypopg SCHEMA "Extra"; CREATE EXTENSION pg_stat_statements;
      CREATE SCHEMA shop;
      CREATE TABLE shop.orders AS SELECT n AS id, n % 5000 AS customer_id, repeat('x', 50) AS note FROM generate_series(1, 50000) n;
      CREATE ROLE ordinary LOGIN;
      GRANT USAGE ON SCHEMA "Extra", shop TO ordinary; GRANT SELECT ON shop.orders TO ordinary;
      ANALYZE`);
    for (let n = 0; n < 20; n++) {
      await admin.query("SELECT * FROM shop.orders WHERE customer_id = $1", [n]);
    }
    await admin.end();
    return () => removePostgres(server);
  });

  const onOne = () => clientOn(url, { operator: { "max-connections": 1 } });

  test("explain_query plans with indexes that are not there, and nobody else does", async () => {
    const client = await onOne();
    expect(await call(client, "explain_query", { sql, hypothetical_indexes })).toMatch(
      /Index Scan on "?<\d+>btree_/,
    );
    expect(await call(client, "explain_query", { sql })).toContain("Seq Scan on orders");
    const any = { sql: "SELECT * FROM shop.orders WHERE customer_id = $1", hypothetical_indexes };
    expect(await call(client, "explain_query", any)).toMatch(/<\d+>btree_/);
  });

  test.each(["hash", "brin"])("explain_query knows %s indexes", async (using) => {
    const client = await onOne();
    const indexes = [{ ...hypothetical_indexes[0], using }];
    const plan = await call(client, "explain_query", { sql, hypothetical_indexes: indexes });
    expect(plan).toMatch(using === "hash" ? /<\d+>hash_/ : /Scan/);
  });

  test("explain_query says what is wrong with an index, and forgets those before it", async () => {
    const client = await onOne();
    const indexes = [...hypothetical_indexes, { table: "shop.orders", columns: ["colour"] }];
    const wrong = { sql, hypothetical_indexes: indexes };
    expect(await refusal(client, "explain_query", wrong)).toContain("colour");
    expect(await call(client, "explain_query", { sql })).toContain("Seq Scan on orders");
  });

  test("analyze_query_indexes asks the planner", async () => {
    const client = await onOne();
    const advice = await call(client, "analyze_query_indexes", { queries: [sql] });
    expect(advice).toContain("CREATE INDEX CONCURRENTLY ON shop.orders (customer_id);");
    expect(advice).toMatch(/would cut the cost of all together by (about )?9\d/);
    expect(advice).not.toContain("HEURISTIC");
    expect(await call(client, "explain_query", { sql })).toContain("Seq Scan on orders");
  });

  test("analyze_workload_indexes asks the planner", async () => {
    const client = await clientOn(url.replace("ordinary@", "postgres@"));
    const advice = await call(client, "analyze_workload_indexes", {});
    expect(advice).toContain("CREATE INDEX CONCURRENTLY ON shop.orders (customer_id);");
    expect(advice).not.toContain("HEURISTIC");
  });
});
