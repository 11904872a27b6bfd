import { LimitReached, type Run } from "./run.ts";

const maxDepth = 500;

/** Deep equality of two JSON values, at the expense of `run`. Key order does not matter; 1 and 1.0 are one number. */
export function equal(a: unknown, b: unknown, run: Run, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (depth > maxDepth) throw new LimitReached("is nested too deeply to compare");
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    run.spend(a.length);
    return a.every((item, index) => equal(item, b[index], run, depth + 1));
  }
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  const others = Object.keys(right);
  run.spend(keys.length + others.length);
  if (keys.length !== others.length) return false;
  return keys.every(
    (key) => Object.hasOwn(right, key) && equal(left[key], right[key], run, depth + 1),
  );
}

/** A text that two JSON values share exactly when they are equal; makes uniqueness linear. */
export function fingerprint(value: unknown, depth = 0): string {
  if (typeof value !== "object" || value === null) return literal(value);
  if (depth > maxDepth) throw new LimitReached("is nested too deeply to compare");
  if (Array.isArray(value)) {
    return `[${value.map((item) => fingerprint(item, depth + 1)).join()}]`;
  }
  const object = value as Record<string, unknown>;
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${fingerprint(object[key], depth + 1)}`);
  return `{${members.join()}}`;
}

function literal(value: unknown): string {
  // JSON has one zero; JSON.stringify would agree, but String() keeps infinities apart from null.
  return typeof value === "string" ? JSON.stringify(value) : String(value === 0 ? 0 : value);
}
