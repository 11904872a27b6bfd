import type { ResourceBody } from "@portico/core";
import { catalogueOf } from "../catalogue/catalogue.ts";
import { type ObjectDetails, type ObjectName, objectDetails } from "../catalogue/details.ts";
import { CatalogueError } from "../catalogue/error.ts";
import { type FoundObject, searchObjects } from "../catalogue/search.ts";
import type { Reach } from "../reach.ts";
import { UNTRUSTED_META } from "../tools/shared/answer.ts";

/** Most objects in the contents of a schema. */
const MOST_OBJECTS = 1_000;

/** JSON out of a database, marked as such. */
export function jsonBody(value: unknown): ResourceBody {
  return {
    contents: JSON.stringify(value, null, 2),
    mimeType: "application/json",
    meta: UNTRUSTED_META,
  };
}

/**
 * All there is to know of one object.
 * @throws {CatalogueError}
 */
export function detailsOn(on: Reach, name: ObjectName): Promise<readonly ObjectDetails[]> {
  return on.read(async (session) => (await objectDetails(await catalogueOf(session), name)).all);
}

/**
 * What a schema has, in a few words each.
 * @throws {CatalogueError}
 */
export function objectsOn(on: Reach, schema: string): Promise<ObjectsOfSchema> {
  return on.read(async (session) => {
    const catalogue = await catalogueOf(session);
    await objectDetails(catalogue, { kind: "schema", name: schema });
    const { objects, more } = await searchObjects(catalogue, {
      schema,
      summary: true,
      limit: MOST_OBJECTS,
    });
    return {
      schema,
      objects: objects.map(({ found }) => found).filter(({ type }) => type !== "schema"),
      ...(more && { note: `These are the first ${MOST_OBJECTS}; list_objects has the others.` }),
    };
  });
}

interface ObjectsOfSchema {
  readonly schema: string;
  readonly objects: readonly FoundObject[];
  readonly note?: string;
}

/** @throws {CatalogueError} when there is no database of that name: it must look like a table that is not there */
export function requireDatabase(names: readonly string[], name: string | undefined): string {
  if (name === undefined || !names.includes(name)) throw new CatalogueError("No such database.");
  return name;
}
