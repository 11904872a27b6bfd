import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { type ColumnWidth, tablePages } from "./layout.ts";
import type { Bloat, Surveyed } from "./survey.ts";

/** Columns nobody may see the statistics of, or that were never analysed, have no width. */
export type KnownColumn = Omit<ColumnWidth, "width"> & { readonly width: number | null };

interface TableFacts {
  readonly name: string;
  readonly bytes: number;
  readonly rows: number;
  readonly page: number;
  readonly fillfactor: number;
  readonly columns: readonly KnownColumn[];
}

/** Generated columns that are not stored take no room; the catalogue calls them `v`. */
const TABLES = `
  SELECT c.oid::regclass::text AS name, pg_relation_size(c.oid) AS bytes, c.reltuples AS rows,
         current_setting('block_size')::int AS page,
         coalesce((SELECT option_value::int FROM pg_options_to_table(c.reloptions) WHERE option_name = 'fillfactor'), 100) AS fillfactor,
         (SELECT json_agg(json_build_object(
            'width', s.avg_width, 'nulls', coalesce(s.null_frac, 0), 'variable', a.attlen = -1,
            'alignment', CASE a.attalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END) ORDER BY a.attnum)
          FROM pg_attribute a
          LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname AND NOT s.inherited
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> 'v') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = c.relam
  WHERE c.relkind IN ('r', 'm') AND m.amname = 'heap' AND c.relpersistence <> 't' AND ${OF_USERS}
    AND pg_relation_size(c.oid) >= $1
  ORDER BY bytes DESC LIMIT $2`;

/** Estimates how much of each large table is empty: the largest ones, at most `most`. */
export async function surveyTables(
  on: Inspection,
  { least, most }: { readonly least: number; readonly most: number },
): Promise<Surveyed> {
  const facts = await on.rows<TableFacts>(TABLES, [least, most]);
  const bloats = facts.map(estimate);
  return {
    bloats: bloats.filter((bloat) => bloat !== undefined),
    unknown: bloats.filter((bloat) => bloat === undefined).length,
  };
}

function estimate({ name, bytes, rows, page, fillfactor, columns }: TableFacts): Bloat | undefined {
  const known = widthsOf(columns ?? []);
  if (known === undefined || rows < 0) return undefined;
  const needed = tablePages(rows, known, { fillfactor, page }) * page;
  return { name, kind: "table", bytes, wasted: Math.max(0, bytes - needed), measured: false };
}

/** The widths of all columns; nothing when one is not known. */
export function widthsOf(columns: readonly KnownColumn[]): ColumnWidth[] | undefined {
  const known = columns.flatMap(({ width, ...rest }) =>
    width === null ? [] : [{ width, ...rest }],
  );
  return known.length === columns.length ? known : undefined;
}
