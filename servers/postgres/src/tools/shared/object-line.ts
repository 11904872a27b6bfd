import { displayIdentifier } from "../../catalogue/quote.ts";
import type { FoundObject } from "../../catalogue/search.ts";

/** An object in one line: its type, its name as SQL, and what is known of it. */
export function objectLine(object: FoundObject): string {
  const { type, schema, name, table, arguments: args, ...facts } = object;
  const path = type === "schema" ? [name] : [schema, table, name];
  const written = path.filter((part) => part !== undefined).map(displayIdentifier);
  const signature = args === undefined ? "" : `(${args})`;
  const known = Object.keys(facts).length > 0 ? ` ${JSON.stringify(facts)}` : "";
  return `${type} ${written.join(".")}${signature}${known}`;
}
