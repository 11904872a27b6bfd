import type { CheckResult } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { OF_USERS } from "../schemas.ts";
import { bytes, counted } from "../units.ts";
import { bloatedIndexes } from "./bloated-indexes.ts";
import { duplicateIndexes } from "./duplicate-indexes.ts";
import { invalidIndexes } from "./invalid-indexes.ts";
import { type UnusedLimits, unusedIndexes } from "./unused-indexes.ts";

const ALL = `
  SELECT count(*) AS count, coalesce(sum(pg_relation_size(c.oid)), 0) AS bytes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'i' AND ${OF_USERS}`;

/** Looks for indexes that cost more than they bring. */
export async function checkIndexes(
  on: Inspection,
  unusedLimits?: UnusedLimits,
): Promise<CheckResult> {
  const [all] = await on.rows<{ count: number; bytes: number }>(ALL);
  const invalid = await invalidIndexes(on);
  const duplicate = await duplicateIndexes(on);
  const unused = await unusedIndexes(on, unusedLimits);
  const bloated = await bloatedIndexes(on);
  const known = new Set(duplicate.map(({ object }) => object));
  const remark = unused.remark === undefined ? "" : `; ${unused.remark}`;
  return {
    summary: `${counted(all!.count, "index", "indexes")} (${bytes(all!.bytes)})${remark}.`,
    findings: [
      ...invalid,
      ...duplicate,
      ...unused.findings.filter(({ object }) => !known.has(object)),
      ...bloated,
    ],
  };
}
