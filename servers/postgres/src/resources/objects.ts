import { type ChangeDetector, type ResourceSource, resourceTemplate } from "@portico/core";
import type { Deps } from "../deps.ts";
import { type Caller, type Reach, reach } from "../reach.ts";
import {
  completeDatabase,
  completeFunction,
  completeRelation,
  completeSchema,
} from "./complete.ts";
import { detailsOn, jsonBody, objectsOn, requireDatabase } from "./contents.ts";
import { forResource } from "./for-resource.ts";
import { listResources } from "./list.ts";
import type { SchemaChanges } from "./schema-changes.ts";
import { stateOf } from "./state.ts";
import { FUNCTION_TEMPLATE, OBJECTS_TEMPLATE, partsOf, RELATION_TEMPLATE } from "./uris.ts";

/** A family of resources: what there is to read of one object. */
interface Family {
  readonly uriTemplate: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** @param names the schema, and what is in it */
  contents(on: Reach, ...names: string[]): Promise<unknown>;
}

const RELATION: Family = {
  uriTemplate: RELATION_TEMPLATE,
  name: "table",
  title: "Table or view",
  description: "Columns, keys, indexes, triggers and policies of a table or view.",
  async contents(on, schema, name = "") {
    const [details] = await detailsOn(on, { kind: "table", schema, name });
    return details;
  },
};

const FUNCTION: Family = {
  uriTemplate: FUNCTION_TEMPLATE,
  name: "function",
  title: "Function or procedure",
  description: "Definitions of the functions and procedures of one name.",
  contents: (on, schema, name = "") => detailsOn(on, { kind: "function", schema, name }),
};

const OBJECTS: Family = {
  uriTemplate: OBJECTS_TEMPLATE,
  name: "schema",
  title: "Schema",
  description: "What a schema has: tables, views, functions, sequences and types.",
  contents: (on, schema = "") => objectsOn(on, schema),
};

/** Every schema, table, view and function of the databases; the first source lists them all. */
export function objectResources(
  changes: SchemaChanges,
  detector: ChangeDetector,
): ResourceSource<Deps>[] {
  return [RELATION, FUNCTION, OBJECTS].map((family, at) => ({
    ...familyResource(family, detector),
    ...(at === 0 && { list: (ctx, position) => listResources(changes, ctx, position) }),
  }));
}

function familyResource(
  { contents, ...described }: Family,
  detector: ChangeDetector,
): ResourceSource<Deps> {
  const read = (uri: string, caller: Caller) => {
    const [database, ...names] = partsOf(uri).slice(0, -1);
    return contents(
      reach(caller, requireDatabase(caller.deps.databases.names, database)),
      ...names,
    );
  };
  return resourceTemplate<Deps>({
    ...described,
    mimeType: "application/json",
    complete: {
      database: completeDatabase,
      schema: completeSchema,
      table: completeRelation,
      function: completeFunction,
    },
    read: (_, ctx, uri) => forResource(uri, async () => jsonBody(await read(uri, ctx))),
    watch: (uri, changed, { deps, principal }) =>
      forResource(uri, () =>
        detector.watch(
          stateOf(async (signal) => withoutEstimates(await read(uri, { deps, principal, signal }))),
          changed,
        ),
      ),
  });
}

/** What changes with every ANALYZE, and with every number drawn, is no change of an object. */
function withoutEstimates(contents: unknown): string {
  const isPassing = (key: string) => /^(estimated_|scans$|last_value$)/.test(key);
  return JSON.stringify(contents, (key, value) => (isPassing(key) ? undefined : value));
}
