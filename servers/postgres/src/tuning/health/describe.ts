import { type Finding, worstFirst } from "../finding.ts";
import { counted } from "../units.ts";
import type { CheckName } from "./check-names.ts";
import type { Checked } from "./health.ts";

/** A finding, and the check that made it. */
export type Ranked = Finding & { readonly check: CheckName };

/** What all checks found, the worst first. */
export function ranked(checks: readonly Checked[]): Ranked[] {
  return worstFirst(
    checks.flatMap(({ check, findings }) => findings.map((finding) => ({ ...finding, check }))),
  );
}

/**
 * Checks as text: the worst findings first, then how everything else is.
 * @param most findings that are shown; the others are counted
 */
export function describeHealth(checks: readonly Checked[], most: number): string {
  const all = ranked(checks);
  const rest = all.length - most;
  return [
    headline(checks, all),
    ...all.slice(0, most).map(describeFinding),
    ...(rest > 0
      ? [`${counted(rest, "further finding")}: ask for one health_type, or a higher limit.`]
      : []),
    `Looked at:\n${checks.map(describeCheck).join("\n")}`,
  ].join("\n\n");
}

function headline(checks: readonly Checked[], findings: readonly Finding[]): string {
  const made = checks.filter((check) => !("refused" in check)).length;
  if (findings.length === 0) return `Nothing is wrong in ${counted(made, "check")}.`;
  const counts = (["critical", "warning", "info"] as const)
    .map((severity) => ({
      severity,
      number: findings.filter((one) => one.severity === severity).length,
    }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}`);
  return `${counted(findings.length, "finding")} in ${counted(made, "check")}: ${counts.join(", ")}.`;
}

function describeFinding(finding: Ranked): string {
  const { severity, check, object, problem, advice, sql } = finding;
  const lines = [`[${severity}] ${check}: ${object}`, `  ${problem}`, `  Do: ${advice}`];
  return [...lines, ...(sql === undefined ? [] : [`  SQL: ${sql}`])].join("\n");
}

function describeCheck(checked: Checked): string {
  if ("refused" in checked)
    return `- ${checked.check}: could not be looked at (${checked.refused})`;
  const { check, summary, unseen } = checked;
  return `- ${check}: ${summary}${unseen === undefined ? "" : ` ${unseen}`}`;
}
