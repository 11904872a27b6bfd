import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Guarded, type GuardedDatabase, guarded, guardedDatabase } from "./support/guarded.ts";

/** Reading statements as PostgreSQL's documentation has them. */
const READING = [
  "VALUES (1, 'one'), (2, 'two')",
  "TABLE weather",
  "SELECT *, city AS place FROM ONLY weather w WHERE prcp > 0.0 AND NOT temp_lo IS NULL",
  "SELECT DISTINCT ON (city) city, temp_lo FROM weather ORDER BY city, temp_lo DESC NULLS LAST",
  "SELECT city, max(temp_lo), count(*) FILTER (WHERE temp_lo < 45) FROM weather GROUP BY city HAVING max(temp_lo) < 40",
  "SELECT city, avg(temp_lo) OVER w, rank() OVER (PARTITION BY city ORDER BY date) FROM weather WINDOW w AS (PARTITION BY city ORDER BY date ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)",
  "SELECT lag(temp_lo, 1) OVER (ORDER BY date), first_value(city) OVER (ORDER BY date RANGE '1 day' PRECEDING), ntile(4) OVER (ORDER BY city) FROM weather",
  "SELECT city, date, sum(prcp), grouping(city) FROM weather GROUP BY GROUPING SETS ((city), (date), ())",
  "SELECT city, count(*) FROM weather GROUP BY ROLLUP (city), CUBE (date)",
  "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY temp_lo), mode() WITHIN GROUP (ORDER BY city) FROM weather",
  "SELECT string_agg(DISTINCT city, ', ' ORDER BY city), array_agg(temp_lo), json_agg(w), bool_and(prcp > 0) FROM weather w",
  "SELECT * FROM weather JOIN cities ON weather.city = cities.name LEFT JOIN weather x USING (city) NATURAL JOIN (SELECT 1 AS y) z CROSS JOIN (VALUES (1)) v (n)",
  "SELECT c.name, w.* FROM cities c, LATERAL (SELECT temp_lo FROM weather WHERE city = c.name ORDER BY date LIMIT 1) w",
  "SELECT * FROM generate_series(1, 10, 2) WITH ORDINALITY AS g (a, n)",
  "SELECT generate_series('2008-03-01 00:00'::timestamp, '2008-03-04 12:00', '10 hours')",
  "SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) AS t (a, b)",
  'SELECT * FROM json_to_recordset(\'[{"a": 1, "b": "x"}]\') AS t (a int, b text)',
  "SELECT * FROM weather TABLESAMPLE bernoulli (10) REPEATABLE (1)",
  "WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t",
  "WITH RECURSIVE search_tree (id, link) AS (SELECT 1, 2 UNION ALL SELECT link, link + 1 FROM search_tree WHERE link < 9) SEARCH DEPTH FIRST BY id SET ordercol CYCLE id SET is_cycle USING path SELECT * FROM search_tree ORDER BY ordercol",
  "WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT 2 AS x) (SELECT * FROM a UNION ALL SELECT * FROM b) EXCEPT SELECT 3 INTERSECT SELECT 4 ORDER BY 1 OFFSET 0 ROWS FETCH FIRST 5 ROWS WITH TIES",
  "SELECT EXISTS (SELECT 1), 1 IN (SELECT 2), 1 = ANY (ARRAY[1, 2]), 1 < ALL (SELECT 2), (SELECT 1), ARRAY(SELECT 1), (1, 2) = (SELECT 1, 2), ROW(1, 2) < ROW(1, 3)",
  "SELECT CASE city WHEN 'a' THEN 1 ELSE 2 END, CASE WHEN prcp > 0 THEN 'wet' END, coalesce(prcp, 0), nullif(prcp, 0), greatest(1, 2), least(1, 2) FROM weather",
  "SELECT (ARRAY[[1, 2], [3, 4]])[1:1], (ARRAY[1, 2, 3])[2], '{1,2}'::int[] || 3, ARRAY[1, 2] @> ARRAY[1], cardinality(ARRAY[1]), array_position(ARRAY['a'], 'a'), array_to_string(ARRAY[1, 2], ',')",
  "SELECT '{\"a\": {\"b\": [1, 2]}}'::jsonb -> 'a' #>> '{b,1}', jsonb_path_query('{\"a\": [1, 2, 3]}', '$.a[*] ? (@ > 1)'), '{\"a\": 1}'::jsonb @? '$.a', jsonb_set('{}', '{a}', '1'), ('{\"a\": 1}'::jsonb)['a'], row_to_json(ROW(1, 2)), jsonb_build_object('a', 1)",
  "SELECT 'foobar' ~ 'o+', 'a' ~* 'A', 'abc' LIKE 'a%', 'abc' ILIKE 'A_C' ESCAPE '!', 'abc' SIMILAR TO '%(b|d)%', regexp_replace('foo', 'o', 'x', 'g'), substring('foobar' FROM 'o.b'), regexp_matches('ab', '(a)(b)'), regexp_split_to_table('a b', ' ')",
  "SELECT to_tsvector('english', 'The fat rats') @@ to_tsquery('english', 'rat & fat'), ts_rank(to_tsvector('a'), 'a'), ts_headline('a b', 'a'::tsquery), websearch_to_tsquery('\"a b\" -c'), 'fat:2,4'::tsvector || 'cat:5'",
  "SELECT int4range(10, 20) * int4range(15, 25), '[1,5)'::int4range @> 3, tstzrange(now(), NULL), '{[1,3), [5,7)}'::int4multirange, range_merge('[1,2)'::int4range, '[4,5)'), lower('[1,2)'::int4range)",
  "SELECT extract(year FROM now()), date_trunc('month', now(), 'UTC'), now() AT TIME ZONE 'UTC', '1 day'::interval * 2, age(now()), (DATE '2001-02-16', DATE '2001-12-21') OVERLAPS (DATE '2001-10-30', DATE '2002-10-30'), make_date(2020, 1, 1), current_date, localtimestamp(0), to_char(now(), 'YYYY')",
  "SELECT position('a' IN 'ba'), overlay('Txxxx' PLACING 'hom' FROM 2 FOR 4), trim(BOTH 'x' FROM 'xax'), upper('a'), format('%s %I', 'a', 'B'), md5('a'), encode(sha256('a'), 'hex'), concat_ws(',', 'a', 'b'), left('abc', 2), normalize('a', NFC), U&'\\0061', E'\\n', $$a$$, B'101', X'1FF', 'a' COLLATE \"C\", convert_from('\\x61', 'UTF8')",
  "SELECT CAST('1' AS numeric(10, 2)), '1'::int8, int '1', '2020-01-01'::date + 1, 1.5e3, round(2.567, 2), 5 % 3, 2 ^ 3, |/ 25, 5 # 3, width_bucket(5.0, 0, 10, 5), random() < 2, gen_random_uuid() IS NOT NULL",
  "SELECT inet '192.168.1.5' << inet '192.168.1/24', point '(1,2)' <-> point '(3,4)', box '((0,0),(1,1))' && box '((1,1),(2,2))', macaddr '08:00:2b:01:02:03'",
  "SELECT a IS DISTINCT FROM b, a IS NOT TRUE, a BETWEEN SYMMETRIC false AND true, NOT (a AND b) FROM (VALUES (true, false)) v (a, b)",
  "SELECT current_user, session_user, current_database(), version(), pg_backend_pid(), current_setting('work_mem'), has_table_privilege('weather', 'select'), pg_typeof(1), pg_size_pretty(pg_total_relation_size('weather')), txid_current_if_assigned(), pg_is_in_recovery()",
  "SELECT c.relname, pg_get_userbyid(c.relowner), pg_get_expr(d.adbin, d.adrelid), obj_description(c.oid, 'pg_class'), format_type(a.atttypid, a.atttypmod) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.oid = 'weather'::regclass",
  "SELECT pg_get_indexdef(indexrelid), pg_get_constraintdef(c.oid), pg_get_viewdef('pg_stats'::regclass, true) FROM pg_index, pg_constraint c LIMIT 1",
  "SELECT * FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
  "SELECT pid, state, query, wait_event, pg_blocking_pids(pid) FROM pg_stat_activity",
  "SELECT * FROM pg_stat_user_tables, pg_statio_user_tables, pg_stat_user_indexes, pg_stat_database, pg_locks, pg_stat_replication, pg_replication_slots LIMIT 1",
  "SELECT * FROM pg_stats WHERE tablename = 'weather'",
  "EXPLAIN SELECT * FROM weather",
  "EXPLAIN (ANALYZE, BUFFERS, FORMAT json, TIMING off, SETTINGS, WAL, SUMMARY) SELECT * FROM weather",
  "EXPLAIN (VERBOSE, COSTS off) UPDATE weather SET prcp = 0",
  "EXPLAIN (ANALYZE off) DELETE FROM weather",
  "SHOW work_mem",
  "SHOW TIME ZONE",
  "SHOW TRANSACTION ISOLATION LEVEL",
  "SHOW search_path",
  "-- a question\nSELECT 1 /* one */; -- the end",
  "((SELECT 1))",
] as const;

/** The same, of what came after PostgreSQL 15. */
const READING_NOW = [
  "SELECT any_value(city) FROM weather",
  "SELECT * FROM json_table('[{\"a\": 1, \"b\": [2]}]', '$[*]' PASSING 1 AS x COLUMNS (n FOR ORDINALITY, a int PATH '$.a' DEFAULT 0 ON EMPTY, NESTED PATH '$.b[*]' COLUMNS (c int PATH '$'), d bool EXISTS PATH '$.d', e jsonb FORMAT JSON PATH '$.b' WITH WRAPPER)) AS t",
  "SELECT json_value('{\"a\": 1}', '$.a' RETURNING int ERROR ON ERROR), json_query('[1]', '$[*]' WITH WRAPPER), json_exists('{}', '$.a'), json('{}'), json_scalar(1), json_serialize('{}'), '{}' IS JSON OBJECT WITH UNIQUE KEYS",
  "SELECT json_object('a': 1, 'b': NULL ABSENT ON NULL), json_array(1, 2), json_array(SELECT 1), json_arrayagg(city ORDER BY city), json_objectagg(city: prcp) FROM weather",
  "SELECT uuidv7() IS NOT NULL, array_sort(ARRAY[2, 1]), casefold('A'), random(1, 2), 0x1F, 1_000, now() AT LOCAL",
  "EXPLAIN (ANALYZE, SERIALIZE text, MEMORY) SELECT * FROM weather",
] as const;

/** What changes rows, and nothing more. */
const WRITING = [
  "INSERT INTO weather (city, temp_lo) VALUES ('a', DEFAULT), ('b', 2) RETURNING *",
  "INSERT INTO cities VALUES ('a', 1) ON CONFLICT (name) WHERE true DO UPDATE SET size = excluded.size + cities.size WHERE cities.size > 0",
  "INSERT INTO cities SELECT city, 1 FROM weather ON CONFLICT ON CONSTRAINT cities_pkey DO NOTHING",
  "INSERT INTO cities DEFAULT VALUES ON CONFLICT DO NOTHING",
  "UPDATE weather SET (temp_lo, prcp) = (SELECT 1, 2), date = DEFAULT FROM cities c WHERE c.name = weather.city RETURNING weather.*",
  "DELETE FROM weather USING cities WHERE city = name RETURNING city AS gone",
  "WITH gone AS (DELETE FROM weather WHERE prcp = 0 RETURNING *) INSERT INTO cities SELECT city, 0 FROM gone ON CONFLICT DO NOTHING",
  "MERGE INTO cities c USING weather w ON c.name = w.city WHEN MATCHED AND w.prcp > 1 THEN UPDATE SET size = 1 WHEN NOT MATCHED THEN INSERT (name, size) VALUES (w.city, 0)",
  "MERGE INTO cities c USING weather w ON c.name = w.city WHEN MATCHED THEN DO NOTHING",
  "SELECT nextval('s'), currval('s'), setval('s', 5)",
  "SELECT * FROM weather FOR UPDATE OF weather SKIP LOCKED",
  "EXPLAIN ANALYZE DELETE FROM weather WHERE prcp = 0",
] as const;

describe.each([15, 18] as const)("on PostgreSQL %i", (version) => {
  let database: GuardedDatabase;
  let connection: Guarded;
  beforeAll(async () => {
    database = await guardedDatabase(version);
    await database.run(`
      CREATE TABLE weather (city text, temp_lo int DEFAULT 0, prcp real, date date DEFAULT now());
      CREATE TABLE cities (name text DEFAULT 'x' PRIMARY KEY, size int);
      CREATE SEQUENCE s;`);
    connection = await guarded(database.url(database.ordinary));
    await database.run(`GRANT ALL ON SEQUENCE s TO ${database.ordinary}`);
  });
  afterAll(() => connection.close());

  test.each([...READING, ...(version === 18 ? READING_NOW : [])])(
    "reading runs: %s",
    async (sql) => {
      const outcome = await connection.run(sql);
      expect("failed" in outcome ? outcome : {}).toEqual({});
      expect(outcome).toHaveProperty("rows");
    },
  );

  test.each(WRITING)("changing rows runs in read-write mode only: %s", async (sql) => {
    expect(await connection.run(sql)).toHaveProperty("refused");
    expect(await connection.run(sql, "read-write")).toHaveProperty("rows");
  });

  test("XML runs where PostgreSQL was built with it", async () => {
    const sql =
      "SELECT xmlelement(name a, xmlattributes(1 AS b), xmlforest(2 AS c)), xpath('/a', '<a/>'), x.* FROM xmltable('/a' PASSING ('<a><b>1</b></a>'::xml) COLUMNS b int PATH 'b') x";
    expect(await connection.run(sql)).not.toHaveProperty("refused");
  });
});
