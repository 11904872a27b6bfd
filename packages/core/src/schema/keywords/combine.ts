import { readList, SchemaError } from "../error.ts";
import type { Issue } from "../issue.ts";
import type { JsonSchemaObject } from "../json-schema.ts";
import { type Rule, type Run, Seen } from "../run.ts";
import type { Builder, Keyword } from "./builder.ts";

/** Several rules on one value: all must hold. Every failure is described unless the run is quiet. */
export function every(rules: readonly Rule[]): Rule {
  const [first, second] = rules;
  if (!first) return () => true;
  if (!second) return first;
  if (rules.length === 2) {
    return (value, run, seen) => {
      if (first(value, run, seen)) return second(value, run, seen);
      if (run.quiet === 0) second(value, run, seen);
      return false;
    };
  }
  return (value, run, seen) => {
    run.spend(rules.length);
    let ok = true;
    for (let i = 0; i < rules.length; i++) {
      if ((rules[i] as Rule)(value, run, seen)) continue;
      ok = false;
      if (run.quiet > 0) return false;
    }
    return ok;
  };
}

/** `allOf`. */
export const allOf: Keyword = (schema, builder) => {
  const branches = readBranches(schema, "allOf", builder);
  return branches && every(branches);
};

/** `anyOf`. */
export const anyOf: Keyword = (schema, builder) => {
  const branches = readBranches(schema, "anyOf", builder);
  if (!branches) return undefined;
  return (value, run, seen) => {
    run.spend(branches.length);
    run.quiet += 1;
    let ok = false;
    for (let i = 0; i < branches.length; i++) {
      if (!attempt(branches[i] as Rule, value, run, seen)) continue;
      ok = true;
      // What the other branches evaluate matters only to an unevaluated* keyword further out.
      if (!seen) break;
    }
    run.quiet -= 1;
    return ok || explain("anyOf", branches, value, run);
  };
};

/** `oneOf`. */
export const oneOf: Keyword = (schema, builder) => {
  const branches = readBranches(schema, "oneOf", builder);
  if (!branches) return undefined;
  return (value, run, seen) => {
    run.spend(branches.length);
    run.quiet += 1;
    let matches = 0;
    for (let i = 0; i < branches.length && matches < 2; i++) {
      if (attempt(branches[i] as Rule, value, run, seen)) matches += 1;
    }
    run.quiet -= 1;
    if (matches === 1) return true;
    if (matches === 0) return explain("oneOf", branches, value, run);
    return run.fail("oneOf", "must match exactly one of the alternatives, but matches several");
  };
};

/** `not`. */
export const not: Keyword = (schema, builder) => {
  if (schema.not === undefined) return undefined;
  const rule = builder.child(schema.not, "not");
  return (value, run) => {
    run.quiet += 1;
    const matches = rule(value, run, undefined);
    run.quiet -= 1;
    return !matches || run.fail("not", "must not match the excluded schema");
  };
};

/** `if` with `then` and `else`. */
export const conditional: Keyword = (schema, builder) => {
  if (schema.if === undefined) return undefined;
  const condition = builder.child(schema.if, "if");
  const whenTrue = schema.then === undefined ? undefined : builder.child(schema.then, "then");
  const whenFalse = schema.else === undefined ? undefined : builder.child(schema.else, "else");
  return (value, run, seen) => {
    run.quiet += 1;
    const holds = attempt(condition, value, run, seen);
    run.quiet -= 1;
    const rule = holds ? whenTrue : whenFalse;
    return rule ? rule(value, run, seen) : true;
  };
};

function readBranches(
  schema: JsonSchemaObject,
  keyword: string,
  builder: Builder,
): Rule[] | undefined {
  const list = readList(schema, keyword);
  if (list?.length === 0) throw new SchemaError(`${keyword} must have at least one schema.`);
  return list?.map((branch) => builder.child(branch, keyword));
}

/** Applies a rule whose evaluated properties count only if it holds. */
function attempt(rule: Rule, value: unknown, run: Run, seen: Seen | undefined): boolean {
  if (!seen) return rule(value, run, undefined);
  const own = new Seen();
  const ok = rule(value, run, own);
  if (ok) seen.add(own, run);
  return ok;
}

/**
 * Says why no branch matched. Where one branch is plainly the one that was meant (right type, right
 * discriminator), its own issues are the explanation.
 */
function explain(keyword: string, branches: readonly Rule[], value: unknown, run: Run): false {
  if (run.quiet > 0) return false;
  const found = branches.map((branch) => issuesOf(branch, value, run));
  const meant = found.filter((issues) => !issues.some(rulesOut));
  if (meant.length === 1) {
    if (run.issues.length === 0) run.issues = [];
    run.issues.push(...(meant[0] ?? []));
    return false;
  }
  const reasons = new Set((meant.length > 0 ? meant : found).map(summary));
  return run.fail(
    keyword,
    `matches none of the alternatives: ${[...reasons].slice(0, 5).join(", or ")}`,
  );
}

function issuesOf(branch: Rule, value: unknown, run: Run): Issue[] {
  const { issues, quiet } = run;
  run.issues = [];
  branch(value, run, undefined);
  const own = run.issues;
  run.issues = issues;
  run.quiet = quiet;
  return own;
}

function rulesOut(issue: Issue): boolean {
  if (issue.path.length === 0) return true;
  return issue.path.length === 1 && (issue.keyword === "const" || issue.keyword === "enum");
}

function summary(issues: readonly Issue[]): string {
  const issue = issues[0];
  if (!issue) return "does not match";
  return issue.path.length === 0 ? issue.message : `${issue.path.join(".")} ${issue.message}`;
}
