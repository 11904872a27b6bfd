import type { Issue } from "./issue.ts";
import type { Resource } from "./registry.ts";

/**
 * A compiled schema or keyword: does `value` satisfy it? `seen` is given where an `unevaluated*`
 * keyword further out needs to know which properties and items were looked at.
 */
export type Rule = (value: unknown, run: Run, seen: Seen | undefined) => boolean;

/** The schema resources entered so far, innermost first: what `$dynamicRef` looks through. */
export interface Scope {
  readonly resource: Resource;
  readonly outer: Scope | undefined;
}

/** Thrown inside a check that exceeds a limit; it becomes an issue and never leaves the engine. */
export class LimitReached extends Error {}

const maxIssues = 10;

/** The state of one check. */
export class Run {
  /** Above zero, failures are not described and the first one ends the work. */
  quiet = 0;
  depth = 0;
  issues: Issue[] = noIssues;
  scope: Scope;
  steps: number;
  readonly maxDepth: number;

  constructor(scope: Scope, limits: { maxDepth: number; maxSteps: number }) {
    this.scope = scope;
    this.steps = limits.maxSteps;
    this.maxDepth = limits.maxDepth;
  }

  /** Notes a failure; returns false so that a rule can end with it. */
  fail(keyword: string, message: string): false {
    if (this.quiet > 0) return false;
    if (this.issues === noIssues) this.issues = [];
    this.issues.push({ path: [], message, keyword });
    if (this.issues.length >= maxIssues) this.quiet += 1;
    return false;
  }

  /** Places the issues found since `mark` under `key`; returns false. */
  within(mark: number, key: string | number): false {
    for (let i = mark; i < this.issues.length; i++) this.issues[i]?.path.unshift(key);
    return false;
  }

  /** Spends `count` units of work. */
  spend(count: number): void {
    this.steps -= count;
    if (this.steps < 0) throw new LimitReached("takes too much work to check");
  }
}

// Shared by every check that finds nothing, so that a valid value costs no array.
const noIssues: Issue[] = [];

/** Which properties and items of one value were evaluated, for `unevaluated*`. */
export class Seen {
  everyKey = false;
  everyItem = false;
  /** Items below this index are evaluated. */
  prefix = 0;
  keys: Set<string> | undefined;
  items: Set<number> | undefined;

  key(name: string): void {
    this.keys ??= new Set();
    this.keys.add(name);
  }

  item(index: number): void {
    this.items ??= new Set();
    this.items.add(index);
  }

  has(key: string): boolean {
    return this.everyKey || (this.keys?.has(key) ?? false);
  }

  hasItem(index: number): boolean {
    return this.everyItem || index < this.prefix || (this.items?.has(index) ?? false);
  }

  /** Takes over what `other` saw, at the expense of `run`. */
  add(other: Seen, run: Run): void {
    run.spend((other.keys?.size ?? 0) + (other.items?.size ?? 0));
    this.everyKey ||= other.everyKey;
    this.everyItem ||= other.everyItem;
    this.prefix = Math.max(this.prefix, other.prefix);
    for (const key of other.keys ?? []) this.key(key);
    for (const index of other.items ?? []) this.item(index);
  }
}
