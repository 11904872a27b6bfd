import { attempt, type Inspection } from "../inspection.ts";
import { timer } from "../timer.ts";
import type { Bloat } from "./survey.ts";

/** Estimates, replaced by measures where that was possible. */
export interface Measured {
  readonly bloats: readonly Bloat[];
  /** Whether the extension pgstattuple is there for this role. */
  readonly canMeasure: boolean;
}

/** Measuring reads an index whole and a table in part: no more than this of either, and not for long. */
const MOST_BYTES = 256 * 1_048_576;
const MOST_MILLISECONDS = 10_000;

/** Measures bloat with pgstattuple where it is installed and this role may use it; the largest are left to the estimate. */
export async function measure(on: Inspection, estimates: readonly Bloat[]): Promise<Measured> {
  const schema = await schemaOfExtension(on);
  if (schema === undefined) return { bloats: estimates, canMeasure: false };
  const timeIsUp = timer(MOST_MILLISECONDS);
  const bloats: Bloat[] = [];
  for (const estimate of estimates) {
    const may = estimate.bytes <= MOST_BYTES && !timeIsUp();
    bloats.push(may ? await measureOne(on, schema, estimate) : estimate);
  }
  return { bloats: bloats.sort((a, b) => b.wasted - a.wasted), canMeasure: true };
}

async function measureOne(on: Inspection, schema: string, estimate: Bloat): Promise<Bloat> {
  const tried = await attempt(on.session, () =>
    on.rows<{ wasted: number }>(estimate.kind === "table" ? ofTable(schema) : ofIndex(schema), [
      estimate.name,
    ]),
  );
  const wasted = "value" in tried ? tried.value[0]?.wasted : undefined;
  return wasted === undefined || wasted === null
    ? estimate
    : { ...estimate, wasted, measured: true };
}

/** What is free, and what dead rows would free, beyond what `fillfactor` keeps free. */
function ofTable(schema: string): string {
  return `
    SELECT greatest(0, approx_free_space + dead_tuple_len - table_len * (1 - coalesce(
             (SELECT option_value::float8 FROM pg_class c, pg_options_to_table(c.reloptions)
              WHERE c.oid = $1::regclass AND option_name = 'fillfactor'), 100) / 100)) AS wasted
    FROM ${schema}.pgstattuple_approx($1::regclass)`;
}

/** Leaf pages are as full as `fillfactor` says when an index is new. */
function ofIndex(schema: string): string {
  return `
    SELECT greatest(0, index_size * (1 - greatest(avg_leaf_density, 0) / coalesce(
             (SELECT option_value::float8 FROM pg_class c, pg_options_to_table(c.reloptions)
              WHERE c.oid = $1::regclass AND option_name = 'fillfactor'), 90))) AS wasted
    FROM ${schema}.pgstatindex($1::regclass) WHERE avg_leaf_density <> 'NaN'`;
}

/** The schema of pgstattuple, when this role may measure with it. */
async function schemaOfExtension(on: Inspection): Promise<string | undefined> {
  const [found] = await on.rows<{ schema: string }>(`
    SELECT quote_ident(n.nspname) AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pgstattuple' AND has_schema_privilege(n.oid, 'USAGE')
      AND 2 = (SELECT count(*) FROM pg_proc p
               WHERE p.pronamespace = n.oid AND p.pronargs = 1 AND p.proargtypes[0] = 'regclass'::regtype
                 AND p.proname IN ('pgstattuple_approx', 'pgstatindex') AND has_function_privilege(p.oid, 'EXECUTE'))`);
  return found?.schema;
}
