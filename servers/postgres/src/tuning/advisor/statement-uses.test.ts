import { expect, test } from "vitest";
import { parse } from "../../guard/parser.ts";
import type { Catalogue } from "./catalogue.ts";
import { relationsIn, usesOf } from "./statement-uses.ts";
import { type Column, type Table, withFunctions } from "./table.ts";

function table(relation: string, names: string): Table {
  const columns = names.split(" ").map(
    (name): Column => ({
      name,
      sql: name,
      type: "text",
      sortable: true,
      patternClass: null,
      width: 4,
      nulls: 0,
      distinct: -1,
      alignment: 4,
      variable: false,
    }),
  );
  return {
    id: relation.length,
    name: `public.${relation}`,
    schema: "public",
    relation,
    rows: 1e5,
    partitioned: false,
    scanned: [],
    bytes: 1e7,
    columns: withFunctions(columns),
    indexes: [],
  };
}

const tables = new Map(
  [
    table("orders", "id customer_id status total created shared"),
    table("people", "id name city shared"),
  ].map((one) => [one.relation, one]),
);
const catalogue: Catalogue = {
  find: ({ schema, name }) =>
    schema === undefined || schema === "public" ? tables.get(name) : undefined,
};

/** What a statement would use indexes for, without what is empty. */
async function uses(sql: string): Promise<object[]> {
  const [tree] = await parse(sql);
  return usesOf(tree!, catalogue).map(({ table: { relation }, order, group, ...sets }) => ({
    relation,
    ...Object.fromEntries(
      Object.entries(sets).flatMap(([name, set]) => (set.size > 0 ? [[name, [...set]]] : [])),
    ),
    ...(order.length > 0 && {
      order: order.map((columns) =>
        columns.map(({ name, descending }) => (descending ? `-${name}` : name)),
      ),
    }),
    ...(group.length > 0 && { group }),
  }));
}

test("comparisons with values are told by their kind", async () => {
  expect(
    await uses(`SELECT * FROM orders o WHERE o.id = $1 AND status IN (1, 2) AND $2 = customer_id AND total BETWEEN 1 AND 2
      AND created >= now() AND shared = ANY ($3)`),
  ).toEqual([
    {
      relation: "orders",
      equal: ["id", "status", "customer_id", "shared"],
      range: ["total", "created"],
    },
  ]);
});

test("what an index cannot find is not taken for what it can", async () => {
  expect(
    await uses(`SELECT * FROM orders WHERE id <> 1 AND NOT total = 2 AND total + 1 = 2 AND total::text = '1'
      AND status NOT IN (1) AND customer_id = id AND created IS NOT NULL AND status = ALL ($1)`),
  ).toEqual([{ relation: "orders" }]);
});

test("nulls, flags and patterns that begin definitely are found", async () => {
  expect(
    await uses("SELECT FROM people WHERE city IS NULL AND shared AND name LIKE 'Ann%'"),
  ).toEqual([{ relation: "people", equal: ["city", "shared"], pattern: ["name"] }]);
  expect(await uses("SELECT FROM people WHERE name LIKE '%ann' AND city LIKE $1")).toEqual([
    { relation: "people" },
  ]);
});

test("functions of a column are found that an index can be on", async () => {
  expect(
    await uses(
      "SELECT FROM people p WHERE lower(p.name) = $1 AND upper(city) = lower($2) AND length(name) = 1 ORDER BY lower(name)",
    ),
  ).toEqual([
    { relation: "people", equal: ["lower(name)", "upper(city)"], order: [["lower(name)"]] },
  ]);
});

test("each arm of an OR stands alone", async () => {
  expect(
    await uses("SELECT FROM people WHERE (id = 1 OR name = 'x' AND city = 'y') AND shared = 3"),
  ).toEqual([{ relation: "people", equal: ["shared"], alone: ["id", "name", "city"] }]);
});

test.each([
  "SELECT FROM orders o JOIN people p ON o.customer_id = p.id WHERE p.city = 'x'",
  "SELECT FROM orders o, people p WHERE customer_id = p.id AND city = 'x'",
  "SELECT FROM orders o LEFT JOIN people p ON (customer_id) = (p.id) AND p.city = 'x'",
])("joins concern both tables: %s", async (sql) => {
  expect(await uses(sql)).toEqual([
    { relation: "orders", join: ["customer_id"] },
    { relation: "people", equal: ["city"], join: ["id"] },
  ]);
});

test("a column that two tables have is nobody's without their name", async () => {
  expect(await uses("SELECT FROM orders, people WHERE shared = 1 AND people.id = 2")).toEqual([
    { relation: "orders" },
    { relation: "people", equal: ["id"] },
  ]);
  expect(await uses("SELECT FROM orders JOIN people USING (shared)")).toEqual([
    { relation: "orders", join: ["shared"] },
    { relation: "people", join: ["shared"] },
  ]);
});

test("subqueries see the tables around them", async () => {
  expect(
    await uses(
      "SELECT FROM people p WHERE EXISTS (SELECT FROM orders WHERE customer_id = p.id AND city = 'x' AND status = 1)",
    ),
  ).toEqual([
    { relation: "people", join: ["id"] },
    { relation: "orders", equal: ["status"], join: ["customer_id"] },
  ]);
  expect(
    await uses("SELECT FROM people WHERE id IN (SELECT customer_id FROM orders WHERE total > 5)"),
  ).toEqual([
    { relation: "people", join: ["id"] },
    { relation: "orders", range: ["total"] },
  ]);
});

test("WITH queries stand before tables of their name, and are looked into", async () => {
  expect(
    await uses(
      "WITH people AS (SELECT * FROM orders WHERE status = 1) SELECT FROM people WHERE city = 'x'",
    ),
  ).toEqual([{ relation: "orders", equal: ["status"] }]);
});

test("what is not looked into may own a column", async () => {
  expect(
    await uses("SELECT FROM orders, (SELECT 1 AS status) sub WHERE status = 1 AND total = 2"),
  ).toEqual([{ relation: "orders", equal: ["status", "total"] }]);
  expect(
    await uses(
      "SELECT FROM generate_series(1, 2) g (n) WHERE n IN (SELECT 1) AND EXISTS (SELECT FROM people WHERE id = n)",
    ),
  ).toEqual([{ relation: "people", equal: ["id"] }]);
});

test("orders and groups of one table are noted, by number and by name too", async () => {
  expect(
    await uses(
      "SELECT status AS s, total FROM orders WHERE customer_id = 1 ORDER BY s, 2 DESC, created LIMIT 5",
    ),
  ).toEqual([
    { relation: "orders", equal: ["customer_id"], order: [["status", "-total", "created"]] },
  ]);
  expect(await uses("SELECT status, count(*) FROM orders GROUP BY 1")).toEqual([
    { relation: "orders", group: [["status"]] },
  ]);
  expect(await uses("SELECT DISTINCT city FROM people")).toEqual([
    { relation: "people", group: [["city"]] },
  ]);
  expect(
    await uses("SELECT FROM orders o JOIN people p ON o.id = p.id ORDER BY o.total, p.name"),
  ).toEqual([
    { relation: "orders", join: ["id"] },
    { relation: "people", join: ["id"] },
  ]);
});

test("rows after a row are wanted in its order", async () => {
  expect(
    await uses("SELECT FROM orders WHERE (created, id) > ($1, $2) AND (status, total) = (1, 2)"),
  ).toEqual([{ relation: "orders", equal: ["status", "total"], order: [["created", "id"]] }]);
});

test("statements that change rows have to find them first", async () => {
  expect(
    await uses(
      "UPDATE orders SET total = 0 FROM people p WHERE customer_id = p.id AND p.city = 'x'",
    ),
  ).toEqual([
    { relation: "orders", join: ["customer_id"] },
    { relation: "people", equal: ["city"], join: ["id"] },
  ]);
  expect(
    await uses("DELETE FROM orders o USING people p WHERE o.id = p.id AND status = 1"),
  ).toEqual([
    { relation: "orders", equal: ["status"], join: ["id"] },
    { relation: "people", join: ["id"] },
  ]);
  expect(
    await uses(
      "MERGE INTO orders o USING people p ON o.customer_id = p.id WHEN MATCHED THEN DELETE",
    ),
  ).toEqual([
    { relation: "orders", join: ["customer_id"] },
    { relation: "people", join: ["id"] },
  ]);
  expect(await uses("INSERT INTO orders (id) SELECT id FROM people WHERE city = 'x'")).toEqual([
    { relation: "people", equal: ["city"] },
  ]);
});

test("both sides of a UNION are looked into", async () => {
  expect(
    await uses(
      "SELECT id FROM orders WHERE status = 1 UNION SELECT id FROM people WHERE city = 'x' ORDER BY 1",
    ),
  ).toEqual([
    { relation: "orders", equal: ["status"] },
    { relation: "people", equal: ["city"] },
  ]);
});

test("every relation is named, those written to as well", async () => {
  const [tree] = await parse(
    "WITH a AS (SELECT FROM s.b) UPDATE c SET x = (SELECT 1 FROM d) FROM a",
  );
  expect(relationsIn(tree!).map(({ schema, name }) => [schema, name])).toEqual([
    [undefined, "c"],
    [undefined, "d"],
    [undefined, "a"],
    ["s", "b"],
  ]);
});
