import { type Inspection, limitStatements, setSearchPath } from "../inspection.ts";
import { timer } from "../timer.ts";
import { type Candidate, candidatesFor } from "./candidates.ts";
import { findHypoPg, forgetHypothetical, hypotheticalCosting } from "./hypothetical.ts";
import type { Method } from "./method.ts";
import { ruleCosting } from "./rules.ts";
import { type Costing, type Found, search } from "./search.ts";
import { type Given, type Screen, type Skipped, type Studied, study } from "./workload.ts";

/** What advice was asked for. */
export interface AdviceOptions {
  /** Bytes that the proposed indexes may take together. */
  readonly maxBytes: number;
  readonly method: Method;
  /** Milliseconds after which the best so far is the answer. */
  readonly timeMs: number;
  readonly signal: AbortSignal;
}

/** Which indexes would make statements faster. */
export interface Advice extends Found<Studied> {
  readonly studied: readonly Studied[];
  readonly skipped: readonly Skipped[];
  /** How many indexes were thought of. */
  readonly candidates: number;
  /** Whether the planner itself told the costs. */
  readonly costed: boolean;
}

/** Milliseconds that planning one statement may take. */
const LONGEST_PLANNING = 2_000;

/** More indexes than this at once are more than anybody should make. */
const MOST_INDEXES = 8;

/** More candidates are not tried; those of the dearest statements come first. */
const MOST_CANDIDATES = 150;

/** Proposes indexes for statements. Makes none. */
export async function advise(
  on: Inspection,
  given: readonly Given[],
  screen: Screen,
  options: AdviceOptions,
): Promise<Advice> {
  const over = timer(options.timeMs);
  const timeIsUp = () => options.signal.aborted || over();
  await limitStatements(on.session, LONGEST_PLANNING);
  const { studied, skipped } = await study(on, given, { screen, timeIsUp });
  const candidates = candidatesOf(studied);
  const limits = {
    bytes: options.maxBytes,
    indexes: MOST_INDEXES,
    timeIsUp,
  };
  const hypoPg = options.method === "dta" ? await findHypoPg(on) : undefined;
  const run = (costing: Costing<Studied>) => search(studied, candidates, costing, limits);
  const facts = { studied, skipped, candidates: candidates.length, costed: hypoPg !== undefined };
  if (hypoPg === undefined) return { ...facts, ...(await run(ruleCosting)) };
  await setSearchPath(on.session, on.searchPath);
  try {
    return { ...facts, ...(await run(hypotheticalCosting(on, hypoPg))) };
  } finally {
    await forgetHypothetical(on, hypoPg);
  }
}

/** All indexes that would serve any of the statements, each once. */
export function candidatesOf(studied: readonly Studied[]): Candidate[] {
  const dearest = [...studied].sort((a, b) => b.plan.cost * b.weight - a.plan.cost * a.weight);
  const all = dearest.flatMap(({ uses }) => uses.flatMap(candidatesFor));
  const unlike = new Map(all.map((candidate) => [candidate.key, candidate]));
  return [...unlike.values()].slice(0, MOST_CANDIDATES);
}
