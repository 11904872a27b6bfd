import fc from "fast-check";

// Statements over a table with masked columns, of all the shapes in which one might ask for them. Many make no sense
// to PostgreSQL; those that do are enough.

const COLUMNS = [
  "email",
  "u.email",
  "users.email",
  "pin",
  "u.pin",
  "id",
  "u.id",
  "name",
  "x",
  "s.x",
  "o.email",
];
const ROWS = ["u", "users", "s", "u.*", "s.*"];

const { expression, select } = fc.letrec<{
  expression: string;
  select: string;
  from: string;
  target: string;
}>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: fc.constantFrom(...COLUMNS) },
    { weight: 1, arbitrary: fc.constantFrom(...ROWS) },
    { weight: 2, arbitrary: fc.constantFrom("1", "'m'", "NULL") },
    { weight: 1, arbitrary: call(tie("expression")) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          tie("expression"),
          fc.constantFrom("||", "=", ">", "IS DISTINCT FROM"),
          tie("expression"),
        )
        .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("expression"), tie("expression"))
        .map(([a, b]) => `CASE WHEN ${a} > 'm' THEN ${b} END`),
    },
    { weight: 1, arbitrary: tie("select").map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: tie("select").map((inner) => `EXISTS (${inner})`) },
    { weight: 1, arbitrary: tie("select").map((inner) => `ARRAY(${inner})`) },
  ),
  target: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom("*", "u.*", "s.*", "email", "u.email", "id") },
    { weight: 2, arbitrary: tie("expression") },
    { weight: 1, arbitrary: tie("expression").map((value) => `${value} AS x`) },
    { weight: 1, arbitrary: tie("expression").map((value) => `${value} AS email`) },
  ),
  from: fc.oneof(
    { maxDepth: 2 },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        "app.users",
        "app.users u",
        "users u",
        "app.users u(id, x)",
        "ONLY app.users u",
        "app.seen u",
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "app.users u JOIN app.orders o USING (email)",
        "app.users u NATURAL JOIN app.orders o",
        "app.users u JOIN app.orders o USING (id) AS s",
      ),
    },
    { weight: 1, arbitrary: tie("select").map((inner) => `(${inner}) s`) },
    { weight: 1, arbitrary: tie("select").map((inner) => `(${inner}) s(x)`) },
    { weight: 1, arbitrary: tie("select").map((inner) => `app.users u, LATERAL (${inner}) s`) },
    {
      weight: 1,
      arbitrary: tie("expression").map((value) => `app.users u, LATERAL (VALUES (${value})) s(x)`),
    },
  ),
  select: fc
    .tuple(
      fc.constantFrom(
        "",
        "",
        "",
        "DISTINCT ",
        "DISTINCT ON (email) ",
        "DISTINCT ON (1) ",
        "DISTINCT ON (x) ",
      ),
      fc.array(tie("target"), { minLength: 1, maxLength: 2 }),
      tie("from"),
      fc.option(tie("expression"), { freq: 3 }),
      fc.constantFrom(
        "",
        "",
        "",
        " GROUP BY 1",
        " GROUP BY email, id",
        " GROUP BY x",
        " GROUP BY (1, 2)",
        " GROUP BY CUBE (x)",
      ),
      fc.constantFrom("", "", "", " ORDER BY 1", " ORDER BY email", " ORDER BY x", " ORDER BY id"),
      fc.constantFrom("", "", " LIMIT 1"),
    )
    .map(([distinct, targets, from, where, group, order, limit]) => {
      const condition = where === null ? "" : ` WHERE (${where})::text > 'm'`;
      return `SELECT ${distinct}${targets.join(", ")} FROM ${from}${condition}${group}${order}${limit}`;
    }),
}));

function call(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const functions = [
    "lower",
    "length",
    "max",
    "count",
    "to_json",
    "json_agg",
    "row",
    "md5",
    "array_agg",
  ];
  return fc.tuple(fc.constantFrom(...functions), value).map(([name, of]) => `${name}(${of})`);
}

/** Any statement that reads. */
export const anyStatement: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: select },
  { weight: 1, arbitrary: fc.tuple(select, select).map(([a, b]) => `(${a}) UNION ALL (${b})`) },
  { weight: 1, arbitrary: fc.tuple(select, select).map(([a, b]) => `WITH s AS (${a}) ${b}`) },
  { weight: 1, arbitrary: fc.tuple(select, select).map(([a, b]) => `WITH s(x) AS (${a}) ${b}, s`) },
  { weight: 1, arbitrary: expression.map((value) => `SELECT ${value} FROM app.users u`) },
);
