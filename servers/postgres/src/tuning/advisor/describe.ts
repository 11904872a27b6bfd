import { bytes, count, counted, oneLine, percent } from "../units.ts";
import type { Advice } from "./advise.ts";
import { definition } from "./candidates.ts";
import { isScanOf } from "./rules.ts";
import type { Chosen } from "./search.ts";
import { distinctValues } from "./table.ts";
import { NO_TABLE, type Studied } from "./workload.ts";

const HEURISTIC =
  "HEURISTIC: without the extension HypoPG nothing can be planned with indexes that do not exist, so this follows rules over statistics and today's plans. Try each index, and compare with explain_query.";

const COSTED =
  "Costs are the planner's own, with hypothetical indexes (HypoPG), in its unit; real times differ. Every index slows down writes to its table.";

/** Advice as text: each index with why, and what could not be looked at. */
export function describeAdvice(advice: Advice, queryLength: number): string {
  const { chosen, studied, costed, cut, candidates, before, after } = advice;
  const looked = `${counted(studied.length, "statement")} studied, ${counted(candidates, "possible index", "possible indexes")} tried.`;
  const whole =
    chosen.length === 0
      ? "No further index would make these statements noticeably faster."
      : `${counted(chosen.length, "index", "indexes")} would cut the cost of all together by about ${percent(1 - after / before)}:`;
  return [
    studied.length === 0 ? "None of the statements could be studied." : `${looked} ${whole}`,
    ...chosen.map((one, index) => describeChosen(one, index + 1, { costed, queryLength })),
    ...(cut ? ["The time was up before everything was tried; this is the best until then."] : []),
    ...describeSkipped(advice.skipped, queryLength),
    ...(studied.length > 0 ? [costed ? COSTED : HEURISTIC] : []),
  ].join("\n");
}

interface Shown {
  readonly costed: boolean;
  readonly queryLength: number;
}

function describeChosen(
  { candidate, gain, helps }: Chosen<Studied>,
  number: number,
  { costed, queryLength }: Shown,
): string {
  const { table, columns, bytes: size } = candidate;
  const telling = columns.map(
    ({ name }) =>
      `${name} has ${values(table.columns.get(name)?.distinct, distinctValues(table, name))}`,
  );
  return [
    `${number}. ${definition(candidate)};`,
    `   about ${bytes(size)}; the whole becomes ${percent(gain)} cheaper; ${table.name} has ${count(table.rows)} rows; ${telling.join(", ")}`,
    ...helps
      .slice(0, 3)
      .map(
        (help) =>
          `   - ${describeHelp(help, candidate.table, costed)}: ${oneLine(help.statement.sql, queryLength)}`,
      ),
    ...(helps.length > 3 ? [`   - and ${counted(helps.length - 3, "other statement")}`] : []),
  ].join("\n");
}

function values(known: number | null | undefined, distinct: number): string {
  return known === null || known === undefined
    ? "unknown values"
    : `about ${counted(distinct, "value")}`;
}

function describeHelp(
  { statement, before, after }: Chosen<Studied>["helps"][number],
  table: Studied["uses"][number]["table"],
  costed: boolean,
): string {
  if (costed) return `cost ${count(before)} to ${count(after)}`;
  const scanned = statement.plan.nodes.some((node) => isScanOf(node, table));
  return scanned ? `now reads all of ${table.name}` : `now sorts what it reads of ${table.name}`;
}

/** Why statements were left out, those with the same reason together. */
function describeSkipped(skipped: Advice["skipped"], queryLength: number): string[] {
  const idle = skipped.filter(({ reason }) => reason === NO_TABLE).length;
  const reasons = new Map<string, string[]>();
  for (const { sql, reason } of skipped) {
    if (reason !== NO_TABLE) reasons.set(reason, [...(reasons.get(reason) ?? []), sql]);
  }
  const lines = [...reasons].slice(0, 5).map(([reason, [first = "", ...others]]) => {
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    return `- ${oneLine(reason, 200)}: ${oneLine(first, Math.min(queryLength, 80))}${more}`;
  });
  return [
    ...(idle > 0
      ? [`${counted(idle, "statement")} left out, as ${NO_TABLE.replace("it reads", "reading")}.`]
      : []),
    ...(lines.length > 0 ? [`Not studied (${skipped.length - idle}):`, ...lines] : []),
  ];
}
