import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import type { CheckResult, Finding } from "../../src/tuning/finding.ts";
import { bloatedIndexes } from "../../src/tuning/health/bloated-indexes.ts";
import { checkConstraints } from "../../src/tuning/health/constraints.ts";
import { checkIndexes } from "../../src/tuning/health/indexes.ts";
import { checkSequences } from "../../src/tuning/health/sequences.ts";
import type { Inspection } from "../../src/tuning/inspection.ts";
import { inspecting } from "./session.ts";

/** What is found about one object, by the severity and the statement that is proposed. */
function about(found: CheckResult, object: string): Pick<Finding, "severity" | "sql">[] {
  return found.findings
    .filter((finding) => finding.object === object)
    .map(({ severity, sql }) => ({ severity, sql }));
}

describe.each([15, 18] as const)("on PostgreSQL %i", (version) => {
  async function after(sql: string, check: (on: Inspection) => Promise<CheckResult>) {
    const db = await createDatabase(version);
    await db.run(sql);
    return { db, found: await inspecting(db.url(), check) };
  }

  test("an index whose build failed is invalid, and the advice mends it", async () => {
    const db = await createDatabase(version);
    await db.run(`CREATE TABLE "Odd t" (a int); INSERT INTO "Odd t" VALUES (1), (1)`);
    await expect(
      db.run(`CREATE UNIQUE INDEX CONCURRENTLY "Broken" ON "Odd t" (a)`),
    ).rejects.toThrow("could not create unique index");
    const found = await inspecting(db.url(), checkIndexes);
    expect(about(found, 'public."Broken"')).toEqual([
      { severity: "warning", sql: 'REINDEX INDEX CONCURRENTLY public."Broken";' },
    ]);
    await db.run(`DELETE FROM "Odd t"`);
    await db.run(found.findings[0]!.sql!);
    expect((await inspecting(db.url(), checkIndexes)).findings).toEqual([]);
  });

  test("what a failed REINDEX CONCURRENTLY left is to be dropped", async () => {
    const db = await createDatabase(version);
    await db.run("CREATE TABLE t (a int); INSERT INTO t VALUES (0)");
    await expect(db.run("CREATE INDEX CONCURRENTLY i_ccnew ON t ((1 / a))")).rejects.toThrow(
      "division by zero",
    );
    const found = await inspecting(db.url(), checkIndexes);
    expect(about(found, "public.i_ccnew")).toEqual([
      { severity: "warning", sql: "DROP INDEX CONCURRENTLY public.i_ccnew;" },
    ]);
  });

  test("an index that is being built is not called invalid", async () => {
    const db = await createDatabase(version);
    await db.run("CREATE TABLE t (a int)");
    const [writer, builder, watcher] = [
      await connected(db),
      await connected(db),
      await connected(db),
    ];
    await writer.query("BEGIN");
    await writer.query("INSERT INTO t VALUES (1)");
    const built = builder.query("CREATE INDEX CONCURRENTLY slow ON t (a)");
    const invalid = "SELECT count(*) AS n FROM pg_index WHERE NOT indisvalid";
    while ((await watcher.query(invalid)).rows[0].n === "0");
    expect((await inspecting(db.url(), checkIndexes)).findings).toEqual([]);
    await writer.query("COMMIT");
    await built;
    await Promise.all([writer, builder, watcher].map((client) => client.end()));
  });

  test("of two equal indexes the one that no constraint needs is too many", async () => {
    const { db, found } = await after(
      `CREATE TABLE t (a int PRIMARY KEY, b text, c int);
       CREATE INDEX same_as_key ON t (a);
       CREATE INDEX one ON t (b) WHERE c > 1;
       CREATE INDEX two ON t (b) WHERE c > 1;
       CREATE INDEX other_predicate ON t (b) WHERE c > 2;
       CREATE INDEX other_order ON t (b DESC) WHERE c > 1;
       CREATE INDEX other_class ON t (b text_pattern_ops) WHERE c > 1;
       CREATE UNIQUE INDEX strict ON t (b, c);
       CREATE INDEX loose ON t (b, c);
       CREATE INDEX including ON t (b) INCLUDE (c);
       CREATE INDEX hashed ON t USING hash (b)`,
      checkIndexes,
    );
    expect(found.findings.map(({ object, sql }) => [object, sql])).toEqual([
      ["public.loose", "DROP INDEX CONCURRENTLY public.loose;"],
      ["public.same_as_key", "DROP INDEX CONCURRENTLY public.same_as_key;"],
      ["public.two", "DROP INDEX CONCURRENTLY public.two;"],
    ]);
    expect(found.findings[0]!.problem).toContain("is the same as public.strict");
    for (const { sql } of found.findings) await db.run(sql!);
    expect((await inspecting(db.url(), checkIndexes)).findings).toEqual([]);
  });

  test("an index that begins a longer one is mentioned once it is large", async () => {
    const { found } = await after(
      `CREATE TABLE t (a int, b int, c int);
       INSERT INTO t SELECT n, n, n FROM generate_series(1, 60000) n;
       CREATE INDEX short ON t (a);
       CREATE INDEX long ON t (a, b);
       CREATE INDEX not_first ON t (b);
       CREATE INDEX twelve ON t (c, a)`,
      checkIndexes,
    );
    expect(found.findings.map(({ object, severity }) => [object, severity])).toEqual([
      ["public.short", "info"],
    ]);
  });

  test("an index is unused once the statistics are old enough to say so", async () => {
    const db = await createDatabase(version);
    await db.run(`CREATE TABLE t (a int, b int, u int UNIQUE);
      INSERT INTO t SELECT n, n, n FROM generate_series(1, 60000) n;
      CREATE INDEX used ON t (a); CREATE INDEX unused ON t (b); ANALYZE t`);
    await db.run("SET enable_seqscan = off; SELECT * FROM t WHERE a = 5");
    const young = await inspecting(db.url(), checkIndexes);
    expect(young.findings).toEqual([]);
    expect(young.summary).toMatch(/ha(s|ve) not been used yet, but the statistics are only .* old/);
    const old = await inspecting(db.url(), (on) => checkIndexes(on, { days: 0, bytes: 1 }));
    expect(about(old, "public.unused")).toEqual([
      { severity: "info", sql: "DROP INDEX CONCURRENTLY public.unused;" },
    ]);
    expect(old.findings.map(({ object }) => object)).not.toContain("public.t_u_key");
  });

  test("an index that is mostly empty is to be built anew", async () => {
    const db = await createDatabase(version);
    await db.run(`CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 60000);
      CREATE INDEX emptied ON t (a); CREATE INDEX repeated ON t ((a % 3)); DELETE FROM t WHERE a % 10 > 0`);
    await db.run("VACUUM ANALYZE t");
    const found = await inspecting(db.url(), (on) => bloatedIndexes(on, 600_000));
    expect(found.map(({ object, severity, sql }) => [object, severity, sql])).toEqual([
      ["public.emptied", "info", "REINDEX INDEX CONCURRENTLY public.emptied;"],
    ]);
  });

  test("sequences are judged by what their column can hold", async () => {
    const { db, found } = await after(
      `CREATE TABLE small (id int GENERATED BY DEFAULT AS IDENTITY, n smallserial, free bigserial);
       CREATE SEQUENCE shared_numbers;
       CREATE TABLE "Odd.Table" ("Id" int DEFAULT nextval('shared_numbers'));
       CREATE SEQUENCE round MAXVALUE 10 CYCLE;
       CREATE SEQUENCE down INCREMENT -1 MINVALUE -100 START -1;
       SELECT setval('small_id_seq', 2000000000), setval('small_n_seq', 25000), setval('small_free_seq', 2000000000),
              setval('shared_numbers', 2147483000), setval('round', 10), setval('down', -95)`,
      checkSequences,
    );
    expect(found.findings.map(({ object, severity }) => [object, severity]).sort()).toEqual([
      ["public.down", "critical"],
      ["public.shared_numbers", "critical"],
      ["public.small_id_seq", "critical"],
      ["public.small_n_seq", "warning"],
    ]);
    const [shared] = about(found, "public.shared_numbers");
    expect(shared!.sql).toBe(
      'ALTER TABLE public."Odd.Table" ALTER COLUMN "Id" TYPE bigint; ALTER SEQUENCE public.shared_numbers AS bigint NO MAXVALUE;',
    );
    await db.run(shared!.sql!);
    const again = await inspecting(db.url(), checkSequences);
    expect(about(again, "public.shared_numbers")).toEqual([]);
  });

  test("a constraint that was never validated is found, and the advice validates it", async () => {
    const { db, found } = await after(
      `CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT "Positive" CHECK (a > 0) NOT VALID;
       ALTER TABLE t ADD CONSTRAINT fine CHECK (a < 9)`,
      checkConstraints,
    );
    expect(about(found, 'public.t "Positive"')).toEqual([
      { severity: "warning", sql: 'ALTER TABLE public.t VALIDATE CONSTRAINT "Positive";' },
    ]);
    await db.run(found.findings[0]!.sql!);
    expect((await inspecting(db.url(), checkConstraints)).findings).toEqual([]);
  });

  test("a foreign key of a large table needs an index that begins with its columns", async () => {
    const { db, found } = await after(
      `CREATE TABLE parent (a int, b int, PRIMARY KEY (a, b));
       CREATE TABLE child (id int, a int, b int, FOREIGN KEY (a, b) REFERENCES parent);
       CREATE TABLE tiny (a int, b int, FOREIGN KEY (a, b) REFERENCES parent);
       INSERT INTO parent VALUES (1, 1), (2, 2);
       INSERT INTO child SELECT n, 1, 1 FROM generate_series(1, 20000) n;
       CREATE INDEX wrong ON child (id, a, b);
       CREATE INDEX partial ON child (a, b) WHERE id < 5;
       ANALYZE child`,
      checkConstraints,
    );
    expect(about(found, "public.child child_a_b_fkey")).toEqual([
      { severity: "info", sql: "CREATE INDEX CONCURRENTLY ON public.child (a, b);" },
    ]);
    expect(found.findings).toHaveLength(1);
    expect(found.summary).toContain("1 foreign key without an index is on tables too small");
    await db.run("CREATE INDEX other_order ON child (b, a, id)");
    expect((await inspecting(db.url(), checkConstraints)).findings).toEqual([]);
  });
});

async function connected(db: TestDatabase): Promise<Client> {
  const client = new Client(db.url());
  await client.connect();
  return client;
}
