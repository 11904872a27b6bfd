import type { GraphRecord } from "../graph/types.ts";
import { parsed } from "./jsonl.ts";
import { whyForeign } from "./record.ts";

/** Most reasons that are told, and characters of the record that is shown for each. */
const MOST_REASONS = 3;
const SHOWN = 60;

/** What an import left as it is, for whoever asked for it: foreign records are no part of the graph. */
export class Left {
  #count = 0;
  /** The first record of each reason. */
  readonly #shown = new Map<string, string>();

  /** The same records, noted. */
  async *watch(records: AsyncIterable<GraphRecord>): AsyncIterable<GraphRecord> {
    for await (const record of records) {
      this.note(record);
      yield record;
    }
  }

  /** Takes notice of a record that is imported. */
  note(record: GraphRecord): void {
    if (record.kind !== "foreign") return;
    this.#count++;
    if (this.#shown.size >= MOST_REASONS) return;
    const why = whyForeign(parsed(record.line));
    if (!this.#shown.has(why)) this.#shown.set(why, shortened(record.line));
  }

  /** What was left and why; nothing where nothing was. */
  get sentence(): string | undefined {
    if (this.#count === 0) return undefined;
    const shown = [...this.#shown].map(([why, line]) => `${line} (${why})`).join("; ");
    return this.#count === 1
      ? `Left as it is, seen only in exports, which give it out again: 1 record, ${shown}.`
      : `Left as they are, seen only in exports, which give them out again: ${this.#count} records, as ${shown}.`;
  }
}

function shortened(line: string): string {
  return line.length > SHOWN ? `${line.slice(0, SHOWN).toWellFormed()}…` : line;
}
