import { bytes, count, counted, duration, oneLine, percent } from "../units.ts";
import type { SortOrder } from "./sort-orders.ts";
import type { StatementCost, TopStatements } from "./top.ts";

const BLOCK = 8_192;

const SORTED: Readonly<Record<SortOrder, string>> = {
  resources: "by their largest share of time, blocks or WAL",
  mean_time: "by mean time",
  total_time: "by total time",
};

/** Statements and their costs as text. `queryLength` is how much of each text is shown. */
export function describeTop(
  { statements, known, since, forgotten }: TopStatements,
  { sortBy, queryLength }: { readonly sortBy: SortOrder; readonly queryLength: number },
): string {
  const from = since === null ? "" : ` since ${since}`;
  const head = `${statements.length} of ${counted(known, "kind")} of statement${from}, ${SORTED[sortBy]}:`;
  const lost =
    forgotten > 0
      ? [`Rare statements were forgotten ${counted(forgotten, "time")} to make room.`]
      : [];
  return [
    head,
    ...statements.map((cost, index) => describe(cost, index + 1, queryLength)),
    ...lost,
  ].join("\n");
}

function describe(cost: StatementCost, number: number, queryLength: number): string {
  const { calls, totalMs, meanMs, rowsPerCall, timeShare, cacheHits, role } = cost;
  const facts = [
    `${percent(timeShare)} of time`,
    `${duration(totalMs / 1_000)} in ${counted(calls, "call")}`,
    `mean ${duration(meanMs / 1_000)}`,
    `${rowsPerCall < 10 ? Number(rowsPerCall.toPrecision(2)) : count(rowsPerCall)} row${rowsPerCall === 1 ? "" : "s"} a call`,
    ...(cacheHits === null ? [] : [`${percent(cacheHits)} from cache`]),
    ...sharesOf(cost),
    `role ${role}`,
  ];
  const text =
    cost.query === null ? "(text hidden from this role)" : oneLine(cost.query, queryLength);
  return `${number}. ${facts.join(", ")}\n   ${text}`;
}

/** Shares that stand out beside the one of time. */
function sharesOf(cost: StatementCost): string[] {
  const { blockShare, dirtyShare, walShare, temporaryBlocksPerCall: temporary } = cost;
  const worth = Math.max(0.1, cost.timeShare);
  return [
    ...(blockShare > worth ? [`${percent(blockShare)} of blocks`] : []),
    ...(dirtyShare > worth ? [`${percent(dirtyShare)} of dirtied blocks`] : []),
    ...(walShare > worth ? [`${percent(walShare)} of WAL`] : []),
    ...(temporary >= 1 ? [`${bytes(temporary * BLOCK)} of temporary files a call`] : []),
  ];
}
