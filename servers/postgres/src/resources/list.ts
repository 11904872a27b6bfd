import type { Context, JsonValue, Page, Resource } from "@portico/core";
import { catalogueOf } from "../catalogue/catalogue.ts";
import { schemaFingerprint } from "../catalogue/fingerprint.ts";
import { type FoundObject, type ObjectKey, searchObjects } from "../catalogue/search.ts";
import type { Deps } from "../deps.ts";
import { reach } from "../reach.ts";
import { authorityOf } from "./authority.ts";
import { refusal } from "./for-resource.ts";
import type { SchemaChanges } from "./schema-changes.ts";
import { uriOf } from "./uris.ts";

const PAGE_SIZE = 200;

const LISTED = [
  "schema",
  "table",
  "view",
  "materialized_view",
  "foreign_table",
  "function",
  "procedure",
] as const;

/** Where a list goes on: in which database, and after which of its objects. */
type Position = readonly [database: number, after: ObjectKey | null];

/**
 * One page of the schemas, tables, views and functions of all databases. One that cannot be reached is left out
 * where there are others.
 */
export async function listResources(
  changes: SchemaChanges,
  ctx: Context<Deps>,
  position?: JsonValue,
): Promise<Page<Resource>> {
  const { names } = ctx.deps.databases;
  const [index, after] = (position ?? [0, null]) as unknown as Position;
  const name = names[index];
  if (name === undefined) return { items: [] };
  const following = index + 1 < names.length ? { next: [index + 1, null] } : {};
  try {
    const { items, next } = await pageOf(name, after, changes, ctx);
    return { items, ...(next ? { next: [index, [...next]] } : following) };
  } catch (error) {
    const refused = refusal(error);
    if (names.length === 1 || refused === error) throw refused;
    // Whoever asks for what is in it is told what is wrong.
    return { items: [], ...following };
  }
}

async function pageOf(
  name: string,
  after: ObjectKey | null,
  changes: SchemaChanges,
  ctx: Context<Deps>,
): Promise<{ items: Resource[]; next: ObjectKey | undefined }> {
  const on = reach(ctx, name);
  const { objects, more } = await on.read(async (session) => {
    if (after === null) changes.listed(name, await schemaFingerprint(session));
    return searchObjects(await catalogueOf(session), {
      kinds: LISTED,
      summary: false,
      limit: PAGE_SIZE,
      after: after ?? undefined,
    });
  });
  const authority = name === ctx.deps.databases.names[0] ? authorityOf(on.database) : undefined;
  const items = objects.map(({ found }) => describe(found, name, authority));
  return { items: unique(items), next: more ? objects.at(-1)?.key : undefined };
}

/** Routines of one name are one resource; they follow each other. */
function unique(items: readonly Resource[]): Resource[] {
  return items.filter(({ uri }, at) => uri !== items[at - 1]?.uri);
}

function describe(
  { type, schema = "", name }: FoundObject,
  database: string,
  authority: string | undefined,
): Resource {
  const mimeType = "application/json";
  switch (type) {
    case "schema":
      return { uri: uriOf(database, name, "objects"), name, title: `Schema ${name}`, mimeType };
    case "function":
    case "procedure": {
      const uri = uriOf(database, schema, name, "function");
      return { uri, name: `${schema}.${name}`, title: `${type} ${schema}.${name}`, mimeType };
    }
    default:
      // The archived server has no materialized views; with it everything in `public` has its URIs.
      if (schema === "public" && authority !== undefined && type !== "materialized_view") {
        const uri = `postgres://${authority}/${encodeURIComponent(name)}/schema`;
        return { uri, name: `"${name}" database schema`, mimeType };
      }
      return {
        uri: uriOf(database, schema, name, "schema"),
        name: `${schema}.${name}`,
        title: `${type.replace("_", " ")} ${schema}.${name}`,
        mimeType,
      };
  }
}
