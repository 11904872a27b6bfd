import { type ChangeDetector, type ResourceSource, resourceTemplate } from "@portico/core";
import { type PlainColumn, publicColumns } from "../catalogue/archived.ts";
import { catalogueOf } from "../catalogue/catalogue.ts";
import { CatalogueError } from "../catalogue/error.ts";
import type { Deps } from "../deps.ts";
import { type Caller, reach } from "../reach.ts";
import { authorityOf, plainAuthority } from "./authority.ts";
import { completeHost, completePublicRelation } from "./complete.ts";
import { jsonBody } from "./contents.ts";
import { forResource } from "./for-resource.ts";
import { stateOf } from "./state.ts";
import { ARCHIVED_TEMPLATE, partsOf } from "./uris.ts";

/** Tables in `public`, by the URIs and with the contents the archived server has for them. */
export function archivedResource(detector: ChangeDetector): ResourceSource<Deps> {
  return resourceTemplate<Deps>({
    uriTemplate: ARCHIVED_TEMPLATE,
    name: "public-table",
    title: "Table in public",
    description: "Names and types of the columns of a table or view in the schema public.",
    mimeType: "application/json",
    complete: { host: completeHost, table: completePublicRelation },
    read: ({ host = "", table = "" }, ctx, uri) =>
      forResource(uri, async () => jsonBody(await columnsOf(host, table, ctx))),
    watch: (uri, changed, { deps, principal }) =>
      forResource(uri, () => {
        const [host = "", table = ""] = partsOf(uri);
        const look = stateOf(async (signal) =>
          JSON.stringify(await columnsOf(host, table, { deps, principal, signal })),
        );
        return detector.watch(look, changed);
      }),
  });
}

/** @throws {CatalogueError} when no database there has such a table */
async function columnsOf(
  host: string,
  table: string,
  caller: Caller,
): Promise<readonly PlainColumn[]> {
  const { databases } = caller.deps;
  const wanted = plainAuthority(host);
  const names = databases.names.filter((name) => authorityOf(databases.get(name)) === wanted);
  for (const name of names) {
    const columns = await reach(caller, name).read(async (session) =>
      publicColumns(await catalogueOf(session), table),
    );
    if (columns) return columns;
  }
  throw new CatalogueError("No such table.");
}
