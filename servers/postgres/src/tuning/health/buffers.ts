import { type CheckResult, type Finding, severityOf } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { bytes, counted, percent } from "../units.ts";

/** How many blocks must have been asked for before their share in the cache means anything: 800 MB. */
export const ENOUGH_BLOCKS = 100_000;

const BLOCK = 8_192;

interface Reads {
  readonly tableHits: number;
  readonly tableReads: number;
  readonly indexHits: number;
  readonly indexReads: number;
  readonly sharedBuffers: number;
}

const READS = `
  SELECT coalesce(sum(heap_blks_hit), 0) AS "tableHits", coalesce(sum(heap_blks_read), 0) AS "tableReads",
         coalesce(sum(idx_blks_hit), 0) AS "indexHits", coalesce(sum(idx_blks_read), 0) AS "indexReads",
         pg_size_bytes(current_setting('shared_buffers')) AS "sharedBuffers"
  FROM pg_statio_user_tables`;

const MOST_READ = `
  SELECT relid::regclass::text AS name, heap_blks_read + coalesce(idx_blks_read, 0) AS reads
  FROM pg_statio_user_tables WHERE heap_blks_read + coalesce(idx_blks_read, 0) > 0
  ORDER BY 2 DESC, 1 LIMIT 3`;

/** Looks at how much of what queries read was in PostgreSQL's cache. */
export async function checkBuffers(
  on: Inspection,
  enough: number = ENOUGH_BLOCKS,
): Promise<CheckResult> {
  const [reads] = await on.rows<Reads>(READS);
  const { tableHits, tableReads, indexHits, indexReads, sharedBuffers } = reads!;
  const kinds = [
    { name: "tables", hits: tableHits, reads: tableReads },
    { name: "indexes", hits: indexHits, reads: indexReads },
  ];
  const judged = kinds.filter(({ hits, reads }) => hits + reads >= enough);
  const most = await on.rows<{ name: string; reads: number }>(MOST_READ);
  const suffering = most.map(({ name, reads }) => `${name} (${bytes(reads * BLOCK)})`).join(", ");
  return {
    summary: summarise(kinds, enough, sharedBuffers),
    findings: judged.flatMap((kind) => judge(kind, sharedBuffers, suffering)),
  };
}

interface Kind {
  readonly name: string;
  readonly hits: number;
  readonly reads: number;
}

function summarise(kinds: readonly Kind[], enough: number, sharedBuffers: number): string {
  const shares = kinds.map(({ name, hits, reads }) =>
    hits + reads < enough
      ? `${name}: only ${counted(hits + reads, "block")} read, too few to judge`
      : `${name}: ${percent(hits / (hits + reads))} from cache`,
  );
  return `${shares.join("; ")} (shared_buffers ${bytes(sharedBuffers)}).`;
}

function judge({ name, hits, reads }: Kind, sharedBuffers: number, suffering: string): Finding[] {
  const share = hits / (hits + reads);
  const severity = severityOf(1 - share, { warning: 0.1, info: 0.05 });
  if (severity === undefined) return [];
  return [
    {
      severity,
      object: `cache of ${name}`,
      problem: `Only ${percent(share)} of the blocks of ${name} were in PostgreSQL's cache (${bytes(sharedBuffers)}); most were read from ${suffering}. Some of them may have come from the system's cache.`,
      advice:
        "First look for statements that read much (get_top_queries) and for missing indexes; then raise shared_buffers to a quarter of the memory.",
    },
  ];
}
