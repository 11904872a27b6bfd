/** How bad it is, worst first: will break soon; costs something now; good to know. */
export const SEVERITIES = ["critical", "warning", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Something that is not as it should be. */
export interface Finding {
  readonly severity: Severity;
  /** What it is about: a table, an index, a session, a setting. */
  readonly object: string;
  /** What is wrong, with the numbers that show it. One sentence. */
  readonly problem: string;
  /** What to do about it. One sentence. */
  readonly advice: string;
  /** Statements for a human to run, where there are any. */
  readonly sql?: string | undefined;
}

/** What one look at a database came to. */
export interface CheckResult {
  /** What was looked at, and how it is. One sentence, also when nothing is wrong. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** What this role could not look at, and which right would let it. */
  readonly unseen?: string | undefined;
}

/** The worst first; those that are equally bad stay in their order. */
export function worstFirst<F extends Pick<Finding, "severity">>(findings: readonly F[]): F[] {
  const rank = (finding: F) => SEVERITIES.indexOf(finding.severity);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

/** The severity of the first threshold that `value` reaches; nothing below all of them. */
export function severityOf(
  value: number,
  thresholds: Partial<Readonly<Record<Severity, number>>>,
): Severity | undefined {
  return SEVERITIES.find((severity) => value >= (thresholds[severity] ?? Infinity));
}
