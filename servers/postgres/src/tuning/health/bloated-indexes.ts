import { surveyIndexes } from "../bloat/indexes.ts";
import type { Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { bytes, percent } from "../units.ts";

const MEGABYTE = 1_048_576;

/** Smaller indexes, or fuller ones, gain little by being built anew. */
const LEAST = 10 * MEGABYTE;
const SHARE = 0.5;

/** Indexes that are by estimate more than half empty. */
export async function bloatedIndexes(on: Inspection, least: number = LEAST): Promise<Finding[]> {
  const { bloats } = await surveyIndexes(on, { least, most: 200 });
  return bloats
    .filter((bloat) => bloat.wasted >= bloat.bytes * SHARE)
    .sort((a, b) => b.wasted - a.wasted)
    .slice(0, 20)
    .map(({ name, table, bytes: size, wasted }) => ({
      severity: wasted >= 100 * MEGABYTE ? "warning" : "info",
      object: name,
      problem: `About ${bytes(wasted)} of the ${bytes(size)} of this index of ${table} are empty (${percent(wasted / size)}, estimated).`,
      advice: "Build it anew while it is used; find_bloat tells more.",
      sql: `REINDEX INDEX CONCURRENTLY ${name};`,
    }));
}
