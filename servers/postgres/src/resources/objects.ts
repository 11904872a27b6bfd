import { type Context, type ResourceSource, resourceTemplate } from "@portico/core";
import { publicColumns } from "../catalogue/archived.ts";
import { catalogueOf } from "../catalogue/catalogue.ts";
import { CatalogueError } from "../catalogue/error.ts";
import type { Deps } from "../deps.ts";
import { reach } from "../reach.ts";
import { authorityOf, plainAuthority } from "./authority.ts";
import {
  completeDatabase,
  completeFunction,
  completeHost,
  completePublicRelation,
  completeRelation,
  completeSchema,
} from "./complete.ts";
import { detailsOn, jsonBody, objectsOn, requireDatabase } from "./contents.ts";
import { forResource } from "./for-resource.ts";
import { listResources } from "./list.ts";
import type { SchemaChanges } from "./schema-changes.ts";
import {
  ARCHIVED_TEMPLATE,
  FUNCTION_TEMPLATE,
  OBJECTS_TEMPLATE,
  RELATION_TEMPLATE,
} from "./uris.ts";

/** Every schema, table, view and function of the databases; the first source lists them all. */
export function objectResources(changes: SchemaChanges): ResourceSource<Deps>[] {
  return [
    resourceTemplate<Deps>({
      uriTemplate: RELATION_TEMPLATE,
      name: "table",
      title: "Table or view",
      description: "Columns, keys, indexes, triggers and policies of a table or view.",
      mimeType: "application/json",
      complete: { database: completeDatabase, schema: completeSchema, table: completeRelation },
      list: (ctx, position) => listResources(changes, ctx, position),
      read: ({ database, schema, table = "" }, ctx, uri) =>
        forResource(uri, async () => {
          const [details] = await detailsOn(on(ctx, database), {
            kind: "table",
            schema,
            name: table,
          });
          return jsonBody(details);
        }),
    }),
    resourceTemplate<Deps>({
      uriTemplate: FUNCTION_TEMPLATE,
      name: "function",
      title: "Function or procedure",
      description: "Definitions of the functions and procedures of one name.",
      mimeType: "application/json",
      complete: { database: completeDatabase, schema: completeSchema, function: completeFunction },
      read: ({ database, schema, function: name = "" }, ctx, uri) =>
        forResource(uri, async () =>
          jsonBody(await detailsOn(on(ctx, database), { kind: "function", schema, name })),
        ),
    }),
    resourceTemplate<Deps>({
      uriTemplate: OBJECTS_TEMPLATE,
      name: "schema",
      title: "Schema",
      description: "What a schema has: tables, views, functions, sequences and types.",
      mimeType: "application/json",
      complete: { database: completeDatabase, schema: completeSchema },
      read: ({ database, schema = "" }, ctx, uri) =>
        forResource(uri, async () => jsonBody(await objectsOn(on(ctx, database), schema))),
    }),
    archivedTables,
  ];
}

/** Tables in `public`, by the URIs and with the contents the archived server has for them. */
const archivedTables: ResourceSource<Deps> = resourceTemplate<Deps>({
  uriTemplate: ARCHIVED_TEMPLATE,
  name: "public-table",
  title: "Table in public",
  description: "Names and types of the columns of a table or view in the schema public.",
  mimeType: "application/json",
  complete: { host: completeHost, table: completePublicRelation },
  read: ({ host = "", table = "" }, ctx, uri) =>
    forResource(uri, async () => {
      const { databases } = ctx.deps;
      const wanted = plainAuthority(host);
      const names = databases.names.filter((name) => authorityOf(databases.get(name)) === wanted);
      for (const name of names) {
        const columns = await reach(ctx, name).read(async (session) =>
          publicColumns(await catalogueOf(session), table),
        );
        if (columns.length > 0) return jsonBody(columns);
      }
      throw new CatalogueError("No such table.");
    }),
});

function on(ctx: Context<Deps>, database: string | undefined) {
  return reach(ctx, requireDatabase(ctx.deps.databases.names, database));
}
