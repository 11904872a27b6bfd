import type { Context } from "@portico/core";
import type { GraphRecord } from "../../graph/types.ts";

/** Records between two messages on how far it has got. */
const STRIDE = 1_000;

/** Counts what goes in or out, tells the caller how far it has got, and stops when nobody waits for it any more. */
export class Carried {
  readonly counts = { entity: 0, relation: 0, foreign: 0 };
  /** What could not be carried over as it is. */
  readonly said: string[] = [];

  /** The same records, counted. @throws what the caller's signal was aborted with */
  async *watch(
    records: AsyncIterable<GraphRecord>,
    ctx: Pick<Context, "progress" | "signal">,
  ): AsyncIterable<GraphRecord> {
    let count = 0;
    for await (const record of records) {
      yield record;
      if (record.kind === "foreign" || !record.again) this.counts[record.kind]++;
      if (++count % STRIDE > 0) continue;
      ctx.signal.throwIfAborted();
      ctx.progress(count, undefined, `${count} records`);
    }
  }

  readonly say = (sentence: string): void => void this.said.push(sentence);
}
