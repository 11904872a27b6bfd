/** What one run of the suite came to. */
export interface Scores {
  /** Scenarios of which no check failed. */
  readonly passed: readonly string[];
  /** Scenarios with a check that failed, or that warned. */
  readonly failed: readonly string[];
  /** Those of `passed` in which nothing was checked at all: the suite skips them. */
  readonly unchecked: readonly string[];
}

const LINE = /^([✓✗]) (\S+): (\d+) passed, \d+ failed/;

/** Reads the lines that the suite ends with, one a scenario. */
export function readSummary(lines: readonly string[]): Scores {
  const scenarios = lines.flatMap((line) => {
    const [, mark, name = "", checks] = LINE.exec(line) ?? [];
    return mark === undefined ? [] : [{ name, ok: mark === "✓", checks: Number(checks) }];
  });
  const names = (wanted: (one: (typeof scenarios)[number]) => boolean) =>
    scenarios.filter(wanted).map(({ name }) => name);
  return {
    passed: names(({ ok }) => ok),
    failed: names(({ ok }) => !ok),
    unchecked: names(({ ok, checks }) => ok && checks === 0),
  };
}
