import fc from "fast-check";
import { expect, test } from "vitest";
import { scan } from "../guard/parser.ts";
import { withoutStrings } from "./without-strings.ts";

test.each([
  [
    "ALTER ROLE ann PASSWORD 's3''cret' VALID UNTIL '2030-01-01'",
    "ALTER ROLE ann PASSWORD '…' VALID UNTIL '…'",
  ],
  ["SELECT 1 -- don't\n, 's3cret'", "SELECT 1 -- don't\n, '…'"],
  ["/* it's /* nested' */ so */ SELECT 's3cret'", "/* it's /* nested' */ so */ SELECT '…'"],
  [`SELECT "it's", 's3cret'`, `SELECT "it's", '…'`],
  ["SELECT E'it\\'s3cret', name'x'", "SELECT '…', name'…'"],
  ["SELECT E'a'\n 's3\\'cret' FROM t", "SELECT '…' FROM t"],
  ["DO $do$ ALTER ROLE x PASSWORD $$s3cret$$ $do$", "DO '…'"],
  ["SELECT a$b$c, $1, $2 FROM t", "SELECT a$b$c, $1, $2 FROM t"],
  ["CREATE ROLE x PASSWORD 's3cre", "CREATE ROLE x PASSWORD '…'"],
  ["CREATE ROLE x PASSWORD E's3cre\\", "CREATE ROLE x PASSWORD '…'"],
  ["CREATE ROLE x PASSWORD $a$s3cre$", "CREATE ROLE x PASSWORD '…'"],
])("%j is shown as %j", (sql, shown) => {
  expect(withoutStrings(sql)).toBe(shown);
});

const part = fc.constantFrom(
  "'it''s'",
  "E'it\\'s'",
  "U&'d\\0061'",
  "X'1F'",
  "'\\'",
  "$$'$$",
  "$a$'$$$a$",
  "$é$'$é$",
  "a$b",
  "é_$1",
  '"it\'s"',
  "/*'/*'*/*/",
  "--'\n",
  '-- "\n',
  " 1 ",
  " $1 ",
  "e",
  "N",
  ";",
  "-",
  " ",
  "\n",
);

test("leaves out just what PostgreSQL's own scanner takes for strings", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
      const sql = parts.join("");
      const expected = await withoutScannedStrings(sql);
      fc.pre(expected !== undefined);
      expect(joined(withoutStrings(sql))).toBe(joined(expected));
    }),
    { seed: 4_711, numRuns: 500 },
  );
});

/** Undefined when it is nothing that PostgreSQL can scan. */
async function withoutScannedStrings(sql: string): Promise<string | undefined> {
  const tokens = await scan(sql).catch(() => undefined);
  if (tokens === undefined) return undefined;
  const bytes = Buffer.from(sql);
  let [shown, from] = ["", 0];
  for (const { start, end } of tokens) {
    const token = bytes.toString("utf8", start, end);
    const prefix = /^(?:[bBxXnN]|[uU]&)?(?=')|^(?=[eE]'|\$\D)/.exec(token);
    if (prefix === null) continue;
    shown += `${bytes.toString("utf8", from, start)}${prefix[0]}'…'`;
    from = end;
  }
  return shown + bytes.toString("utf8", from);
}

/** Parts of one string may have comments between them. */
function joined(sql: string): string {
  return sql.replace(/'…'(?:(?:\s|--[^\n]*\n)*'…')+/g, "'…'");
}
