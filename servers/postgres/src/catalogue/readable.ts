import type { Catalogue } from "./catalogue.ts";
import { findObject, type ObjectName } from "./details.ts";
import { CatalogueError } from "./error.ts";
import { displayIdentifier, quoteIdentifier, quoteQualified } from "./quote.ts";

/** A relation, and what of it the current user may read. */
export interface Readable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * What may be read of a table or view.
 * @throws {CatalogueError} when there is none, or nothing of it may be read
 */
export async function findReadable(
  catalogue: Catalogue,
  wanted: Omit<ObjectName, "kind">,
): Promise<Readable> {
  const [found] = await findObject(catalogue, { ...wanted, kind: "table" });
  if (!found) throw new CatalogueError(`There is no table ${wanted.name}.`);
  const { oid, schema, name } = found;
  const columns = await catalogue.json<string>(
    `SELECT to_json(a.attname) FROM pg_attribute a
     WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
       AND has_column_privilege(a.attrelid, a.attnum, 'SELECT') ORDER BY a.attnum`,
    [oid],
  );
  if (columns.length > 0) return { schema, name, columns };
  throw new CatalogueError(
    `You may not read ${displayIdentifier(schema)}.${displayIdentifier(name)}; get_object_details says what you may do with it.`,
  );
}

/**
 * A statement for rows of a relation.
 * @param columns those wanted, by exact name; all that may be read when absent
 * @throws {CatalogueError} for a column that is not there or may not be read
 */
export function selectFrom(
  { schema, name, columns: all }: Readable,
  columns: readonly string[] = all,
): string {
  const unknown = columns.find((column) => !all.includes(column));
  if (unknown !== undefined) {
    throw new CatalogueError(
      `${displayIdentifier(name)} has no column ${displayIdentifier(unknown)} that you may read; it has ${all.map(displayIdentifier).join(", ")}.`,
    );
  }
  return `SELECT ${columns.map(quoteIdentifier).join(", ")} FROM ${quoteQualified(schema, name)}`;
}
