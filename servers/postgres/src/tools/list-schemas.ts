import { s } from "@portico/core";
import { displayIdentifier } from "../catalogue/quote.ts";
import { listSchemas, type SchemaFacts } from "../catalogue/schemas.ts";
import { catalogueTool } from "./shared/catalogue-tool.ts";
import { cursor, limited, listing, listingOutput, openPosition } from "./shared/listing.ts";

/** Lists the schemas of a database. */
export const listSchemasTool = catalogueTool({
  name: "list_schemas",
  title: "List Schemas",
  description: "List the schemas of the database with their owners and how many tables they have.",
  input: s.object({ limit: limited(1_000, 200), cursor }),
  output: listingOutput("schemas"),
  async run({ limit = 200, cursor }, catalogue) {
    const [schema_name, schema_type] = openPosition(cursor, 2) ?? [];
    const after = schema_name === undefined ? undefined : { schema_name, schema_type };
    const { schemas, more } = await listSchemas(
      catalogue,
      limit,
      after as Pick<SchemaFacts, "schema_name" | "schema_type"> | undefined,
    );
    const entries = schemas.map((one) => ({
      line: lineOf(one),
      value: { ...one },
      position: [one.schema_name, one.schema_type],
    }));
    return listing("schemas", entries, more, "There is no schema.");
  },
});

function lineOf(schema: SchemaFacts): string {
  const { schema_name, schema_owner, schema_type, relations, usage, comment } = schema;
  return [
    `${displayIdentifier(schema_name)} (${schema_type}, owner ${displayIdentifier(schema_owner)}): ${relations} tables and views`,
    ...(usage ? [] : ["you may not use it"]),
    ...(comment === undefined ? [] : [JSON.stringify(comment)]),
  ].join(", ");
}
