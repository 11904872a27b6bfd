import type { Column } from "../database/database.ts";
import { csvLine } from "./csv.ts";
import { distinct } from "./names.ts";
import { typeOf } from "./types.ts";
import type { Value } from "./value.ts";

/** How rows are written out. */
export const FORMATS = ["json", "compact", "table", "csv"] as const;

/** `json`: an object a row. `compact`: columns once, an array a row. `table`: Markdown. `csv`: as COPY writes it. */
export type Format = (typeof FORMATS)[number];

/** A row as PostgreSQL wrote it. */
export type TextRow = readonly (string | null)[];

/** Writes rows one after the other; what comes before, between and after them belongs to the whole. */
export interface Writer {
  readonly before: string;
  readonly between: string;
  readonly after: string;
  /** What stands there when there is no row at all. */
  readonly none: string;
  /** A row, of which the values are known as well. */
  row(row: TextRow, values: readonly Value[]): string;
}

/** What gives the values of rows, by the types of their columns. */
export function valueReader(columns: readonly Column[]): (row: TextRow) => Value[] {
  const reads = columns.map(({ type }) => typeOf(type).read);
  return (row) => row.map((text, index) => (text === null ? null : reads[index]!(text)));
}

/** What writes rows with these columns. */
export function writerOf(format: Format, columns: readonly Column[]): Writer {
  const names = columns.map(({ name }) => name);
  switch (format) {
    case "json":
      return jsonWriter(distinct(names));
    case "compact":
      return compactWriter(names);
    case "table":
      return tableWriter(names);
    case "csv": {
      const before = `${csvLine(names)}\n`;
      return { before, between: "\n", after: "", none: before, row: csvLine };
    }
  }
}

// The archived server's form: JSON.stringify(rows, null, 2), a row at a time.
function jsonWriter(names: readonly string[]): Writer {
  const keys = names.map((name) => JSON.stringify(name));
  return {
    before: "[\n  ",
    between: ",\n  ",
    after: "\n]",
    none: "[]",
    row(_, values) {
      if (keys.length === 0) return "{}";
      const fields = keys.map((key, index) => `    ${key}: ${indented(values[index] as Value)}`);
      return `{\n${fields.join(",\n")}\n  }`;
    },
  };
}

/** A value as it stands in a row. Most are no objects, and V8 writes those without an indent several times as fast. */
function indented(value: Value): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return JSON.stringify(value, null, 2).replaceAll("\n", "\n    ");
}

function compactWriter(names: readonly string[]): Writer {
  const head = `{"columns":${JSON.stringify(names)},"rows":[`;
  return {
    before: `${head}\n`,
    between: ",\n",
    after: "\n]}",
    none: `${head}]}`,
    row: (_, values) => JSON.stringify(values),
  };
}

function tableWriter(names: readonly string[]): Writer {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const head = `${line(names.map(inTable))}\n${line(names.map(() => "---"))}`;
  return {
    before: `${head}\n`,
    between: "\n",
    after: "",
    none: head,
    row: (row) => line(row.map((cell) => (cell === null ? "NULL" : inTable(cell)))),
  };
}

function inTable(cell: string): string {
  if (cell === "" || cell === "NULL") return `"${cell}"`;
  return cell
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll(/\r\n?|\n/g, "\\n");
}
