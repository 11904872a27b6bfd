import type { Catalogue } from "./catalogue.ts";

/** A column as the archived server tells of it. */
export interface PlainColumn {
  readonly column_name: string;
  readonly data_type: string;
}

/** The columns of a relation in `public`, under the names information_schema has for their types; none when it does not exist. */
export function publicColumns(catalogue: Catalogue, table: string): Promise<PlainColumn[]> {
  return catalogue.json<PlainColumn>(
    `SELECT json_build_object('column_name', column_name, 'data_type', data_type)
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1::name ORDER BY ordinal_position`,
    [table],
  );
}
