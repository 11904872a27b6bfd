// Every URI's last word says what of an object it is, so that no schema, table or channel can be taken for another.
// The archived server's, `postgres://host/table/schema`, has one word less than ours.

/** A table or view: what it is made of. */
export const RELATION_TEMPLATE = "postgres://{database}/{schema}/{table}/schema";

/** Its first rows. */
export const ROWS_TEMPLATE = "postgres://{database}/{schema}/{table}/rows";

/** A function or procedure. */
export const FUNCTION_TEMPLATE = "postgres://{database}/{schema}/{function}/function";

/** What a schema has. */
export const OBJECTS_TEMPLATE = "postgres://{database}/{schema}/objects";

/** What was told on a channel of NOTIFY. */
export const CHANNEL_TEMPLATE = "postgres://{database}/{channel}/channel";

/** The archived server's form, for what is in `public`. */
export const ARCHIVED_TEMPLATE = "postgres://{host}/{table}/schema";

/** The URI of one of our own resources. */
export function uriOf(...parts: readonly string[]): string {
  return `postgres://${parts.map(encodeURIComponent).join("/")}`;
}

/** The parts of a URI that fits one of the templates. */
export function partsOf(uri: string): string[] {
  return uri
    .replace(/^postgres:\/\//, "")
    .split("/")
    .map(decodeURIComponent);
}
