import { expect, test } from "vitest";
import { checkTools } from "../../src/custom/check-tools.ts";
import { parseTools } from "../../src/custom/parse-tools.ts";
import type { AccessMode } from "../../src/guard/access-mode.ts";

/** A file with one tool that differs from a good one. */
function file(changes: object): string {
  const tool = {
    name: "orders_of",
    description: "Orders of a user",
    sql: "SELECT id FROM orders WHERE user_id = $1",
    parameters: [{ name: "user", type: "integer" }],
    ...changes,
  };
  return JSON.stringify({ tools: [tool] }, null, 2);
}

async function read(text: string, accessMode: AccessMode = "read-only") {
  const policy = { accessMode, databases: ["main"], taken: new Set(["query"]) };
  return checkTools(parseTools("tools.json", text), policy);
}

test("a tool is read with its defaults", async () => {
  expect(await read(file({}))).toEqual([
    {
      name: "orders_of",
      title: undefined,
      description: "Orders of a user",
      sql: "SELECT id FROM orders WHERE user_id = $1",
      parameters: [
        {
          name: "user",
          type: "integer",
          description: undefined,
          enum: undefined,
          default: undefined,
          required: true,
        },
      ],
      write: false,
      database: undefined,
      limit: 100,
    },
  ]);
  expect(await read('{"tools": []}')).toEqual([]);
});

test.each([
  ['{\n  "tools": [\n    oops\n  ]\n}', "tools.json, line 3: this is no JSON"],
  ["[]", "tools.json, line 1: an object is needed here, with tools."],
  ['{"tools": {}}', "tools.json, line 1 (tools): a list is needed here: [ … ]."],
  [file({ name: "two words" }), 'line 4 (tools[0].name): "two words" is no name for a tool'],
  [file({ description: "" }), "line 5 (tools[0].description): a text is needed here."],
  [file({ description: undefined }), "(tools[0].description): a text is needed here."],
  [
    file({ statement: "x" }),
    '(tools[0].statement): "statement" means nothing here; there are name,',
  ],
  [
    file({ parameters: [{ name: "user", type: "int" }] }),
    'line 10 (tools[0].parameters[0].type): "int" is not possible here; use one of string, integer,',
  ],
  [file({ parameters: [{ name: "a b", type: "string" }] }), '"a b" is no name for a parameter'],
  [file({ parameters: [{ name: "database", type: "string" }] }), 'and not "database".'],
  [
    file({ parameters: [{ name: "user", type: "integer", default: "1" }] }),
    '(tools[0].parameters[0].default): "1" is no integer.',
  ],
  [
    file({ parameters: [{ name: "user", type: "integer", enum: [1, 1.5] }] }),
    "(tools[0].parameters[0].enum[1]): 1.5 is no integer.",
  ],
  [
    file({ parameters: [{ name: "user", type: "boolean", enum: [true] }] }),
    "an enum lists at least one value of a string, integer or number.",
  ],
  [file({ limit: 0 }), "(tools[0].limit): a whole number from 1 to 10000 is needed here."],
  [file({ write: "yes" }), "(tools[0].write): true or false is needed here."],
  [file({ sql: "SELEC 1" }), "(tools[0].sql): "],
  [file({ sql: "SELECT 1; SELECT 2" }), "(tools[0].sql): "],
  [file({ sql: "DELETE FROM orders WHERE user_id = $1" }), "(tools[0].sql): "],
  [file({ sql: "SELECT pg_sleep($1)" }), "(tools[0].sql): "],
  [file({ sql: "SELECT $1, $2" }), "(tools[0].sql): $2 has no parameter; the tool has 1."],
  [
    file({ sql: "SELECT 1" }),
    '(tools[0].sql): nothing uses the parameter "user"; write $1 where its value belongs.',
  ],
  [
    file({ write: true, sql: "DELETE FROM orders WHERE user_id = $1" }),
    "(tools[0].write): this server only reads; start it with --access-mode read-write, or leave write out.",
  ],
  [file({ database: "other" }), '(tools[0].database): there is no database "other"; use main.'],
  [file({ name: "query" }), 'the server has a tool "query" of its own'],
])("a mistake is told in one sentence with its place: %#", async (text, sentence) => {
  await expect(read(text)).rejects.toThrow(sentence);
});

test("two tools and two parameters of one name are told apart from the first", async () => {
  const tool = { name: "a", description: "A", sql: "SELECT 1" };
  const two = JSON.stringify({ tools: [tool, tool] }, null, 2);
  await expect(read(two)).rejects.toThrow('line 8 (tools[1]): there is a tool "a" above');
  const parameter = { name: "p", type: "string" };
  const twice = file({ sql: "SELECT $1, $2", parameters: [parameter, parameter] });
  await expect(read(twice)).rejects.toThrow(
    '(tools[0].parameters[1]): there is a parameter "p" above',
  );
});

test("what writes has to say so", async () => {
  const writing = file({ write: true, sql: "DELETE FROM orders WHERE user_id = $1" });
  expect(await read(writing, "read-write")).toMatchObject([{ write: true }]);
  await expect(read(file({ write: true }), "read-write")).rejects.toThrow(
    "(tools[0].write): this statement only reads; leave write out.",
  );
  await expect(read(file({ write: true, sql: "DROP TABLE a" }), "read-write")).rejects.toThrow(
    "(tools[0].sql)",
  );
});
