import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { treePages } from "./layout.ts";
import type { Bloat, Surveyed } from "./survey.ts";
import { type KnownColumn, widthsOf } from "./tables.ts";

interface IndexFacts {
  readonly name: string;
  readonly table: string;
  readonly bytes: number;
  readonly rows: number;
  readonly page: number;
  readonly fillfactor: number;
  readonly shares: boolean;
  readonly columns: readonly (KnownColumn & { readonly distinct: number | null })[];
}

/** Statistics of an expression are kept under the index's own name, those of a column under the table's. */
const INDEXES = `
  SELECT c.oid::regclass::text AS name, i.indrelid::regclass::text AS table, pg_relation_size(c.oid) AS bytes,
         c.reltuples AS rows, current_setting('block_size')::int AS page,
         coalesce((SELECT option_value::int FROM pg_options_to_table(c.reloptions) WHERE option_name = 'fillfactor'), 90) AS fillfactor,
         coalesce((SELECT option_value::bool FROM pg_options_to_table(c.reloptions) WHERE option_name = 'deduplicate_items'), true)
           AND i.indnatts = i.indnkeyatts
           AND NOT EXISTS (SELECT FROM unnest(i.indclass::oid[]) AS used(class) JOIN pg_opclass o ON o.oid = used.class
                           WHERE NOT EXISTS (SELECT FROM pg_amproc p WHERE p.amprocfamily = o.opcfamily
                                             AND p.amproclefttype = o.opcintype AND p.amprocnum = 4)) AS shares,
         (SELECT json_agg(json_build_object(
            'width', s.avg_width, 'nulls', coalesce(s.null_frac, 0), 'distinct', s.n_distinct, 'variable', a.attlen = -1,
            'alignment', CASE a.attalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END) ORDER BY a.attnum)
          FROM pg_attribute a
          LEFT JOIN pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = i.indkey[a.attnum - 1] AND t.attnum > 0
          LEFT JOIN pg_stats s ON NOT s.inherited AND s.schemaname = n.nspname
            AND (s.tablename, s.attname) = (CASE WHEN t.attname IS NULL THEN c.relname ELSE r.relname END, coalesce(t.attname, a.attname))
          WHERE a.attrelid = c.oid) AS columns
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class r ON r.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = c.relam
  WHERE m.amname = 'btree' AND c.relkind = 'i' AND i.indisvalid AND c.relpersistence <> 't' AND ${OF_USERS}
    AND pg_relation_size(c.oid) >= $1
  ORDER BY bytes DESC LIMIT $2`;

/** Estimates how much of each large b-tree is empty: the largest ones, at most `most`. */
export async function surveyIndexes(
  on: Inspection,
  { least, most }: { readonly least: number; readonly most: number },
): Promise<Surveyed> {
  const facts = await on.rows<IndexFacts>(INDEXES, [least, most]);
  const bloats = facts.map(estimate);
  return {
    bloats: bloats.filter((bloat) => bloat !== undefined),
    unknown: bloats.filter((bloat) => bloat === undefined).length,
  };
}

function estimate(facts: IndexFacts): Bloat | undefined {
  const { name, table, bytes, rows, page, fillfactor, shares, columns } = facts;
  const known = widthsOf(columns);
  if (known === undefined || rows < 0) return undefined;
  const distinct = distinctKeys(rows, columns);
  const needed = treePages(rows, known, { fillfactor, page, shares, distinct }) * page;
  return {
    name,
    kind: "index",
    table,
    bytes,
    wasted: Math.max(0, bytes - needed),
    measured: false,
  };
}

/** Below zero, `n_distinct` is a part of the rows. Columns are taken to vary by themselves. */
function distinctKeys(rows: number, columns: IndexFacts["columns"]): number {
  const each = columns.map(({ distinct }) =>
    distinct === null ? rows : distinct < 0 ? -distinct * rows : distinct,
  );
  return Math.min(
    rows,
    each.reduce((all, one) => all * Math.max(1, one), 1),
  );
}
