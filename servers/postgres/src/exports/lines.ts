import type { Column } from "../database/database.ts";
import { csvLine, isFormula } from "../rows/csv.ts";
import { type TextRow, valueReader } from "../rows/format.ts";
import { distinct } from "../rows/names.ts";

/** What files rows are written to. */
export const EXPORT_FORMATS = ["csv", "jsonl"] as const;

/** `csv`: as COPY writes it, with names above. `jsonl`: an object a line. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Writes rows as lines of a file. */
export interface Lines {
  /** Stands before the first row. */
  readonly head: string;
  line(row: TextRow): string;
  /** How many texts got an apostrophe before them, so that a spreadsheet does not take them for formulas. */
  readonly defused: number;
}

/** What writes rows with these columns. */
export function linesOf(format: ExportFormat, columns: readonly Column[]): Lines {
  const names = columns.map(({ name }) => name);
  return format === "csv" ? new CsvLines(names) : jsonLines(columns, distinct(names));
}

class CsvLines implements Lines {
  readonly head: string;
  #defused = 0;

  constructor(names: readonly string[]) {
    this.head = `${csvLine(names.map((name) => this.#safe(name)))}\n`;
  }

  get defused(): number {
    return this.#defused;
  }

  line(row: TextRow): string {
    return `${csvLine(row.map((cell) => (cell === null ? null : this.#safe(cell))))}\n`;
  }

  #safe(cell: string): string {
    if (!isFormula(cell)) return cell;
    this.#defused++;
    return `'${cell}`;
  }
}

function jsonLines(columns: readonly Column[], names: readonly string[]): Lines {
  const read = valueReader(columns);
  return {
    head: "",
    defused: 0,
    line(row) {
      const values = read(row);
      return `${JSON.stringify(Object.fromEntries(names.map((name, at) => [name, values[at]])))}\n`;
    },
  };
}
