import { createDatabase } from "@portico/testing-postgres";
import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteQualified } from "../../src/catalogue/quote.ts";
import { call, structured } from "../support/calls.ts";
import { clientOn } from "../support/server.ts";

/** Names of up to 63 bytes with all that is allowed in one: anything but a zero byte. */
const anyName = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 15 })
  .filter((name) => !name.includes("\0") && Buffer.byteLength(name) <= 63 && name.isWellFormed());
const nastyName = fc
  .array(
    fc.constantFrom(
      '"',
      "'",
      "\\",
      ";",
      "--",
      "/*",
      "$1",
      "$$",
      "%",
      "_",
      "*",
      "?",
      ".",
      " ",
      "\n",
      "a",
      "B",
      "ß",
    ),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((parts) => parts.join(""));

test("a table of any name is found, told of, sampled and read as a resource by that name", async () => {
  const database = await createDatabase();
  await database.run("CREATE SCHEMA holder");
  const client = await clientOn(database.url());
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyName, nastyName), async (name) => {
      const table = quoteQualified("holder", name);
      await database.run(`CREATE TABLE ${table} (id int); INSERT INTO ${table} VALUES (1)`);
      const { objects } = await structured(client, "search_objects", { schema: "holder" });
      expect(objects).toEqual([{ type: "table", schema: "holder", name }]);
      const found = await structured(client, "search_objects", {
        pattern: `${name}*`,
        types: ["table"],
      });
      expect(found.objects).toHaveLength(1);
      const named = { schema_name: "holder", object_name: name };
      expect(await structured(client, "get_object_details", named)).toMatchObject({
        basic: { name },
      });
      const rows = await call(client, "sample_rows", { schema_name: "holder", table_name: name });
      expect(JSON.parse(rows)).toEqual([{ id: 1 }]);
      const uris = (await client.listResources()).map(({ uri }) => uri);
      const uri = uris.find((one) => /^postgres:\/\/[^/]+\/holder\/.*\/schema$/.test(one)) ?? "";
      const { contents } = await client.readResource(uri);
      expect(JSON.parse((contents[0] as { text?: string }).text ?? "")).toMatchObject({
        basic: { name },
      });
      await database.run(`DROP TABLE ${table}`);
    }),
    { seed: 11, numRuns: 20 },
  );
});
