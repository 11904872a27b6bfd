import { s } from "@portico/core";
import { OBJECT_KINDS } from "../catalogue/kinds.ts";
import { type ObjectKey, searchObjects } from "../catalogue/search.ts";
import { catalogueTool } from "./shared/catalogue-tool.ts";
import { cursor, limited, listing, listingOutput, openPosition } from "./shared/listing.ts";
import { objectLine } from "./shared/object-line.ts";

/** Lists what one schema has of one type. */
export const listObjectsTool = catalogueTool({
  name: "list_objects",
  title: "List Objects",
  description: "List the objects of one type in a schema, with sizes, types and comments.",
  input: s.object({
    schema_name: s.string(),
    object_type: s.optional(s.enum(OBJECT_KINDS, { default: "table" })),
    limit: limited(1_000, 200),
    cursor,
  }),
  output: listingOutput("objects"),
  async run({ schema_name, object_type = "table", limit = 200, cursor }, catalogue) {
    const { objects, more } = await searchObjects(catalogue, {
      schema: object_type === "role" ? "" : schema_name,
      kinds: [object_type],
      summary: true,
      limit,
      after: openPosition(cursor, 4) as ObjectKey | undefined,
    });
    const entries = objects.map(({ key, found }) => ({
      line: objectLine(found),
      value: found,
      position: [...key],
    }));
    return listing("objects", entries, more, "There is none that you may use.");
  },
});
