import { s } from "@portico/core";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { objectDetails } from "../catalogue/details.ts";
import { CatalogueError } from "../catalogue/error.ts";
import { OBJECT_KINDS } from "../catalogue/kinds.ts";
import { type FoundObject, type ObjectKey, searchObjects } from "../catalogue/search.ts";
import { catalogueTool } from "./shared/catalogue-tool.ts";
import { cursor, limited, listing, listingOutput, openPosition } from "./shared/listing.ts";
import { objectLine } from "./shared/object-line.ts";

/** Details are long and cost a query each. */
const MOST_DETAILED = 20;

/** Finds objects of any kind by name. */
export const searchObjectsTool = catalogueTool({
  name: "search_objects",
  title: "Search Objects",
  description:
    "Find tables, columns, functions, indexes and other objects by name, in all schemas. Start here: names cost little, summary adds sizes, types and comments, full adds definitions.",
  input: s.object({
    pattern: s.optional(
      s.string({ description: "Part of a name, or a glob of * and ?; app.* matches schema.name" }),
    ),
    types: s.optional(s.array(s.enum(OBJECT_KINDS), { description: "Default: all that fit" })),
    schema: s.optional(s.string({ description: "Only this schema" })),
    table: s.optional(s.string({ description: "Only parts of this table: its columns, …" })),
    detail: s.optional(s.enum(["names", "summary", "full"], { default: "names" })),
    limit: limited(1_000, 100),
    cursor,
  }),
  output: listingOutput("objects"),
  async run({ types, detail = "names", limit = 100, cursor, ...query }, catalogue) {
    const { objects, more } = await searchObjects(catalogue, {
      ...query,
      kinds: types,
      summary: detail === "summary",
      limit: detail === "full" ? Math.min(limit, MOST_DETAILED) : limit,
      after: openPosition(cursor, 4) as ObjectKey | undefined,
    });
    const entries = [];
    for (const { key, found } of objects) {
      const object = detail === "full" ? await inFull(catalogue, found) : found;
      entries.push({ line: objectLine(object), value: object, position: [...key] });
    }
    return listing("objects", entries, more, nothingFor(query.pattern));
  },
});

async function inFull(catalogue: Catalogue, found: FoundObject): Promise<FoundObject> {
  const { type, schema, name, table, arguments: args } = found;
  try {
    const { all } = await objectDetails(catalogue, {
      kind: type,
      schema,
      table,
      name: args === undefined ? name : `${name}(${args})`,
    });
    const { schema: _schema, name: _name, type: _type, table: _table, ...facts } = all[0] ?? {};
    return { ...found, ...facts };
  } catch (error) {
    // Dropped since it was found.
    if (error instanceof CatalogueError) return found;
    throw error;
  }
}

function nothingFor(pattern: string | undefined): string {
  const isLike = pattern !== undefined && /[%_]/.test(pattern) && !/[*?]/.test(pattern);
  return isLike
    ? "Nothing found; % and _ stand for themselves here, use * and ? instead."
    : "Nothing found.";
}
