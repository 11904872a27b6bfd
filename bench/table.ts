import { type Limit, type Row, verdict } from "./row.ts";

const HEAD = ["what", "ours", "beside", "value", "must", "aim", ""];

/** The rows as a Markdown table that also reads well in a terminal. */
export function table(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) =>
    Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const format = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [format(HEAD), format(rule), ...lines.slice(1).map(format)].join("\n");
}

function cells(row: Row): string[] {
  const result = row.note ? `${verdict(row)} (${row.note})` : verdict(row);
  const value =
    row.unit === "x" ? `${row.value.toFixed(2)}x` : `${Number(row.value.toFixed(2))} ${row.unit}`;
  return [
    row.what,
    row.ours,
    row.peer,
    value,
    bound(row.must),
    row.aim ? bound(row.aim) : "",
    result,
  ];
}

function bound(limit: Limit): string {
  return "atMost" in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`;
}
