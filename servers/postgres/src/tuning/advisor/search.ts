import type { Candidate } from "./candidates.ts";

/** A statement of the workload, as the search sees it. */
export interface Weighed {
  /** Tells it from all others. */
  readonly key: number;
  /** How often it runs. */
  readonly weight: number;
  /** The tables it reads. */
  readonly tables: ReadonlySet<number>;
}

/** What a statement would cost if there were these indexes as well; nothing when that cannot be told. */
export type Costing<S extends Weighed> = (
  statement: S,
  indexes: readonly Candidate[],
) => Promise<number | undefined>;

/** Where the search ends. */
export interface SearchLimits {
  /** Bytes that all proposed indexes together may take. */
  readonly bytes: number;
  /** How many indexes are proposed at most. */
  readonly indexes: number;
  /** Whether the time is up; what was found until then is the answer. */
  readonly timeIsUp: () => boolean;
}

/** An index worth making, and what it changes after those chosen before it. */
export interface Chosen<S extends Weighed> {
  readonly candidate: Candidate;
  /** By how much all statements together become cheaper, 0 to 1. */
  readonly gain: number;
  readonly helps: readonly {
    readonly statement: S;
    readonly before: number;
    readonly after: number;
  }[];
}

/** What the search came to. */
export interface Found<S extends Weighed> {
  readonly chosen: readonly Chosen<S>[];
  /** Cost of the whole workload, without and with what was chosen. */
  readonly before: number;
  readonly after: number;
  /** Whether it was the time that ended it. */
  readonly cut: boolean;
}

/** An index must make the whole that much cheaper, and one statement that much. */
const LEAST_GAIN = 0.01;
const LEAST_HELP = 0.3;

/** In the planner's unit, a page read in a row: less than this nobody notices, however large a part it is. */
const LEAST_SAVED = 20;

/** Of indexes that gain nearly the same, the smallest is taken. */
const NEARLY = 0.95;

/**
 * Chooses indexes one after the other, each time the one that makes the workload cheapest, as long as it is worth it.
 * Can be ended at any time and then answers with what it has.
 */
export async function search<S extends Weighed>(
  statements: readonly S[],
  candidates: readonly Candidate[],
  costing: Costing<S>,
  limits: SearchLimits,
): Promise<Found<S>> {
  const costs = await costsOf(statements, [], costing);
  const known = statements.filter(({ key }) => costs.has(key));
  const before = total(known, costs);
  const chosen: Chosen<S>[] = [];
  let cut = limits.timeIsUp();
  while (!cut && chosen.length < limits.indexes) {
    const taken = chosen.map(({ candidate }) => candidate);
    const room = limits.bytes - taken.reduce((sum, { bytes }) => sum + bytes, 0);
    const left = candidates.filter((one) => one.bytes <= room && !taken.includes(one));
    const round = await tryAll(left, { taken, statements: known, costs, costing, limits });
    cut = round.cut;
    const best = smallestOfBest(round.trials, before);
    if (best === undefined) break;
    chosen.push(choose(best, known, costs, before));
    for (const [key, cost] of best.costs) costs.set(key, cost);
  }
  const after = total(known, costs);
  if (cut) return { chosen, before, after, cut };
  const kept = await withoutNeedless(chosen, { statements: known, costs, costing }, before);
  if (kept.length === chosen.length) return { chosen, before, after, cut };
  return { ...(await retell(kept, known, costing)), before, cut };
}

/** What some indexes cost together, and how to find out what others do. */
type Result<S extends Weighed> = Pick<Round<S>, "statements" | "costs" | "costing">;

/** Leaves out what later choices made needless, as an index whose columns begin a longer one. */
async function withoutNeedless<S extends Weighed>(
  chosen: readonly Chosen<S>[],
  { statements, costs, costing }: Result<S>,
  before: number,
): Promise<Candidate[]> {
  let kept = chosen.map(({ candidate }) => candidate);
  let now = total(statements, costs);
  for (const one of [...kept]) {
    const others = kept.filter((other) => other !== one);
    const alike = others.filter(({ table }) => table.id === one.table.id);
    if (alike.length === 0) continue;
    const without = total(statements, await costsOf(statements, others, costing));
    const bearable = alike.some((other) => begins(one, other)) ? 5 * LEAST_GAIN : LEAST_GAIN;
    if (without - now >= before * bearable) continue;
    kept = others;
    now = without;
  }
  return kept;
}

function begins(short: Candidate, long: Candidate): boolean {
  return (
    short.columns.length < long.columns.length &&
    short.columns.every(({ name }, place) => long.columns[place]?.name === name)
  );
}

/** What each index changes, when they are made one after the other. */
async function retell<S extends Weighed>(
  indexes: readonly Candidate[],
  statements: readonly S[],
  costing: Costing<S>,
): Promise<Pick<Found<S>, "chosen" | "after">> {
  const costs = await costsOf(statements, [], costing);
  const before = total(statements, costs);
  const chosen: Chosen<S>[] = [];
  for (const [place, candidate] of indexes.entries()) {
    const now = await costsOf(statements, indexes.slice(0, place + 1), costing);
    const saved = total(statements, costs) - total(statements, now);
    chosen.push(choose({ candidate, costs: now, saved }, statements, costs, before));
    for (const [key, cost] of now) costs.set(key, cost);
  }
  chosen.sort((a, b) => b.gain - a.gain);
  return { chosen, after: total(statements, costs) };
}

interface Trial {
  readonly candidate: Candidate;
  /** Costs with it, of the statements it concerns. */
  readonly costs: ReadonlyMap<number, number>;
  /** How much cheaper the whole becomes. */
  readonly saved: number;
  /** Whether some statement becomes much cheaper. */
  readonly helps: boolean;
}

interface Round<S extends Weighed> {
  readonly taken: readonly Candidate[];
  readonly statements: readonly S[];
  readonly costs: ReadonlyMap<number, number>;
  readonly costing: Costing<S>;
  readonly limits: SearchLimits;
}

async function tryAll<S extends Weighed>(
  candidates: readonly Candidate[],
  { taken, statements, costs, costing, limits }: Round<S>,
): Promise<{ readonly trials: Trial[]; readonly cut: boolean }> {
  const trials: Trial[] = [];
  for (const candidate of candidates) {
    if (limits.timeIsUp()) return { trials, cut: true };
    const concerned = statements.filter(({ tables }) => tables.has(candidate.table.id));
    const now = await costsOf(concerned, [...taken, candidate], costing);
    const changes = concerned.map(({ key, weight }) => {
      const [old, cost] = [costs.get(key)!, now.get(key) ?? costs.get(key)!];
      return { saved: (old - cost) * weight, helps: isHelp(old, cost) };
    });
    const saved = changes.reduce((sum, change) => sum + change.saved, 0);
    trials.push({ candidate, costs: now, saved, helps: changes.some(({ helps }) => helps) });
  }
  return { trials, cut: false };
}

function smallestOfBest(trials: readonly Trial[], before: number): Trial | undefined {
  const worth = trials.filter(({ saved, helps }) => helps && saved >= before * LEAST_GAIN);
  const most = Math.max(...worth.map(({ saved }) => saved));
  return worth
    .filter(({ saved }) => saved >= most * NEARLY)
    .sort((a, b) => a.candidate.bytes - b.candidate.bytes || b.saved - a.saved)[0];
}

function choose<S extends Weighed>(
  { candidate, costs: now, saved }: Omit<Trial, "helps">,
  statements: readonly S[],
  costs: ReadonlyMap<number, number>,
  before: number,
): Chosen<S> {
  const helps = statements
    .map((statement) => {
      const old = costs.get(statement.key)!;
      return { statement, before: old, after: now.get(statement.key) ?? old };
    })
    .filter(({ before: old, after }) => isHelp(old, after))
    .sort((a, b) => gainOf(b) - gainOf(a));
  return { candidate, gain: saved / before, helps };
}

function isHelp(before: number, after: number): boolean {
  return after <= before * (1 - LEAST_HELP) && before - after >= LEAST_SAVED;
}

function gainOf(help: Chosen<Weighed>["helps"][number]): number {
  return (help.before - help.after) * help.statement.weight;
}

async function costsOf<S extends Weighed>(
  statements: readonly S[],
  indexes: readonly Candidate[],
  costing: Costing<S>,
): Promise<Map<number, number>> {
  const costs = new Map<number, number>();
  for (const statement of statements) {
    const cost = await costing(statement, indexes);
    if (cost !== undefined) costs.set(statement.key, cost);
  }
  return costs;
}

function total(statements: readonly Weighed[], costs: ReadonlyMap<number, number>): number {
  return statements.reduce((sum, { key, weight }) => sum + (costs.get(key) ?? 0) * weight, 0);
}
