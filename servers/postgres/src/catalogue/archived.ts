import type { Catalogue } from "./catalogue.ts";

/** A column as the archived server tells of it. */
export interface PlainColumn {
  readonly column_name: string;
  readonly data_type: string;
}

/** The columns of a table or view in `public`, with their types as information_schema calls them; nothing when there is none. */
export async function publicColumns(
  catalogue: Catalogue,
  table: string,
): Promise<readonly PlainColumn[] | undefined> {
  const [columns] = await catalogue.json<PlainColumn[]>(
    `SELECT coalesce((
       SELECT json_agg(json_build_object('column_name', c.column_name, 'data_type', c.data_type) ORDER BY c.ordinal_position)
       FROM information_schema.columns c WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name), '[]')
     FROM information_schema.tables t WHERE t.table_schema = 'public' AND t.table_name = $1::name`,
    [table],
  );
  return columns;
}
