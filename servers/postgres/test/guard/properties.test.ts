import fc from "fast-check";
import { expect, test } from "vitest";
import { judge, Refused } from "../../src/guard/judge.ts";

const WRITING = [
  "INSERT INTO t VALUES (1)",
  "UPDATE t SET a = 1",
  "DELETE FROM t",
  "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE",
];

/** Expressions of which each does something. */
const CALLS = [
  "pg_sleep(1)",
  "pg_catalog.pg_sleep(1)",
  "pg_advisory_lock(1)",
  "set_config('a.b', 'c', false)",
  "nextval('s')",
  "pg_read_file('x')",
  "query_to_xml('x', true, true, '')",
  "current_setting('primary_conninfo')",
];

const READING = ["SELECT 1", "TABLE t", "VALUES (1)", "SELECT a FROM t WHERE a > 1 ORDER BY a"];

/** Ways of putting a query into a query. */
const AROUND_QUERY: readonly ((sql: string) => string)[] = [
  (sql) => `(${sql})`,
  (sql) => `SELECT * FROM (${sql}) q`,
  (sql) => `SELECT (${sql})`,
  (sql) => `SELECT ARRAY(${sql})`,
  (sql) => `SELECT 1 WHERE EXISTS (${sql})`,
  (sql) => `SELECT 1 FROM t WHERE a IN (${sql})`,
  (sql) => `SELECT 1 FROM t, LATERAL (${sql}) q`,
  (sql) => `SELECT 1 UNION ALL (${sql})`,
  (sql) => `WITH w AS (${sql}) SELECT 1`,
  (sql) => `WITH RECURSIVE w (a) AS (SELECT 1 UNION ALL (${sql})) TABLE w`,
  (sql) => `SELECT count(*) FILTER (WHERE 1 = (${sql})) FROM t`,
  (sql) => `SELECT sum(1) OVER (PARTITION BY (${sql}))`,
  (sql) => `SELECT CASE WHEN true THEN (${sql}) END`,
  (sql) => `SELECT 1 LIMIT (${sql})`,
  (sql) => `SELECT 1 ORDER BY (${sql})`,
  (sql) => `SELECT json_object('a': (${sql}))`,
  (sql) => `SELECT coalesce(NULL, (${sql})::text)`,
  (sql) => `SELECT 1 FROM t JOIN s ON 1 = (${sql})`,
  (sql) => `VALUES (1), ((${sql}))`,
];

/** Ways of putting what stands for nothing around a statement. */
const AROUND_TEXT: readonly ((sql: string) => string)[] = [
  (sql) => `${sql};`,
  (sql) => `-- ;\n${sql}`,
  (sql) => `/* ; /* ' */ $$ */ ${sql} -- end`,
  (sql) => `\n\t ${sql} ;;`,
  (sql) => `EXPLAIN ANALYZE ${sql}`,
  (sql) => `EXPLAIN (ANALYZE true, FORMAT json) ${sql}`,
];

const query = (innermost: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...innermost),
      fc.array(fc.constantFrom(...AROUND_QUERY), { maxLength: 6 }),
      fc.array(fc.constantFrom(...AROUND_TEXT.slice(0, 4)), { maxLength: 3 }),
      fc.constantFrom(...AROUND_TEXT),
    )
    .map(([sql, queries, texts, last]) => {
      const nested = queries.reduce((inner, wrap) => wrap(inner), sql);
      // What comes last may be EXPLAIN, which has to be first.
      return texts.reduce((inner, wrap) => wrap(inner), last(nested).replace(/;+$/, ""));
    });

const seed = { seed: 4, numRuns: 400 };

test("what only reads passes, however it is nested and whatever is around it", async () => {
  await fc.assert(
    fc.asyncProperty(query(READING), async (sql) => {
      const { readOnly } = await judge(sql, "read-only");
      expect(readOnly).toBe(true);
    }),
    seed,
  );
});

test("what does something is refused, however it is nested and whatever is around it", async () => {
  const doing = [
    ...CALLS.map((call) => `SELECT ${call}`),
    ...CALLS.map((call) => `SELECT 1 FROM ${call} f`),
    ...WRITING.map((sql) => `WITH d AS (${sql} RETURNING 1) SELECT * FROM d`),
    "SELECT 1 INTO x",
    "SELECT 1 FROM t FOR UPDATE",
    "SELECT rolpassword FROM pg_authid",
  ];
  await fc.assert(
    fc.asyncProperty(query(doing), async (sql) => {
      const refused = await judge(sql, "read-only").catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Refused);
      expect((refused as Refused).message).not.toContain("cannot parse");
    }),
    seed,
  );
});

test("a second statement is refused, whatever stands between", async () => {
  const between = fc.array(fc.constantFrom(";", " ", "\n", "-- ;\n", "/* ; */", "\t"), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...READING, ...WRITING),
      fc.constantFrom(...READING, ...WRITING, "COMMIT", "DROP TABLE t"),
      between,
      between,
      async (first, second, before, after) => {
        const sql = `${first}${before.join("")};${after.join("")}${second}`;
        for (const mode of ["read-only", "read-write", "admin"] as const) {
          await expect(judge(sql, mode)).rejects.toThrow("Send one statement a call.");
        }
      },
    ),
    { ...seed, numRuns: 200 },
  );
});

test("whatever the text, there is a judgement or a refusal, and the next statement is judged as ever", async () => {
  const pieces = fc.constantFrom(
    ...[
      "SELECT",
      "(",
      ")",
      "'",
      "$$",
      "/*",
      "*/",
      "--",
      "\n",
      ";",
      "[",
      "]",
      "E'\\",
      "U&'",
      "::",
      ",",
    ],
    ...[
      "FROM",
      "WITH",
      "AS",
      "DELETE",
      "pg_sleep",
      "\0",
      "\ud800",
      "é",
      "🙂",
      "1",
      "$1",
      '"',
      "EXPLAIN",
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(" ")),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom("read-only", "admin"), async (sql, mode) => {
      const error = await judge(sql, mode).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (error !== undefined) expect(error).toBeInstanceOf(Refused);
      expect((await judge("SELECT 1", mode)).sql).toBe("SELECT 1");
    }),
    { ...seed, numRuns: 1_000 },
  );
});
