/** One line of the table: a figure of ours, what it is beside a peer, and what it has to be. */
export interface Row {
  readonly what: string;
  /** Our figure and the peer's, each with its unit, for reading. */
  readonly ours: string;
  readonly peer: string;
  /** What is compared with the limits: a ratio to the peer, or our figure alone. */
  readonly value: number;
  readonly unit: "x" | "KB" | "MB" | "packages" | "ms" | "s" | "calls/s" | "failed";
  readonly must: Limit;
  readonly aim?: Limit;
  /** What a reader must know to trust the figure. */
  readonly note?: string;
}

/** A bound on a row's value, in its unit. */
export type Limit = { readonly atMost: number } | { readonly atLeast: number };

/** Whether a row's value keeps its limits. */
export type Verdict = "aim" | "must" | "FAIL";

/** Judges a row: the aim is met, only the must is, or neither. */
export function verdict({ value, must, aim }: Row): Verdict {
  if (!keeps(value, must)) return "FAIL";
  return aim === undefined || keeps(value, aim) ? "aim" : "must";
}

function keeps(value: number, limit: Limit): boolean {
  return "atMost" in limit ? value <= limit.atMost : value >= limit.atLeast;
}
