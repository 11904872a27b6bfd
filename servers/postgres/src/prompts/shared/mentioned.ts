import type { Catalogue } from "../../catalogue/catalogue.ts";
import { type ObjectDetails, objectDetails } from "../../catalogue/details.ts";
import { CatalogueError } from "../../catalogue/error.ts";
import { parse } from "../../guard/parser.ts";
import { type Fields, nodesIn } from "../../syntax/tree.ts";

/** Most tables whose details go into a prompt. */
const MOST_TABLES = 10;

/** A table as a statement names it. */
interface TableName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** A table or view that a statement mentions. */
export interface Mentioned {
  readonly schema: string;
  readonly name: string;
  readonly details: ObjectDetails;
}

/**
 * All there is to know of the tables that statements mention, of those that exist and may be used; in the order in
 * which they are mentioned, and no more than fit into a prompt.
 * @throws {Refused} when it cannot be parsed
 * @throws {DatabaseError}
 */
export async function mentionedTables(catalogue: Catalogue, sql: string): Promise<Mentioned[]> {
  const found: Mentioned[] = [];
  for (const { schema, name } of await namesIn(sql)) {
    if (found.length === MOST_TABLES) break;
    const mentioned = await mentionedTable(catalogue, { schema, name });
    const isNew = !found.some((one) => one.schema === mentioned?.schema && one.name === name);
    if (mentioned && isNew) found.push(mentioned);
  }
  return found;
}

/** The same for one table; nothing when there is none. */
export async function mentionedTable(
  catalogue: Catalogue,
  { schema, name }: TableName,
): Promise<Mentioned | undefined> {
  try {
    const wanted = { kind: "table", schema, name } as const;
    const { schema: where, all } = await objectDetails(catalogue, wanted);
    return { schema: where, name, details: all[0] ?? {} };
  } catch (error) {
    if (error instanceof CatalogueError) return undefined;
    throw error;
  }
}

async function namesIn(sql: string): Promise<TableName[]> {
  const names = (await parse(sql)).flatMap(({ type, fields }) =>
    [...nodesIn({ [type]: fields })].flatMap((node) =>
      node.type === "RangeVar" ? [nameOf(node.fields)] : [],
    ),
  );
  // The walk goes backwards through lists.
  return names.reverse();
}

function nameOf({ schemaname, relname }: Fields): TableName {
  return { schema: schemaname as string | undefined, name: String(relname) };
}
