import type { JsonValue } from "../schema/json-schema.ts";

const EXCERPT = 300;

/** @throws {Error} with `message` when `condition` does not hold */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** @throws {Error} when the two are not the same JSON, keys in the same order */
export function checkEqual(actual: unknown, expected: JsonValue | undefined): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(got === wanted, `expected ${excerpt(wanted)}, got ${excerpt(got)}`);
}

function excerpt(text: string | undefined): string {
  return text === undefined || text.length <= EXCERPT ? String(text) : `${text.slice(0, EXCERPT)}…`;
}
