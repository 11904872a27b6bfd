import type { Fields, Node } from "./parser.ts";
import { Refused } from "./refused.ts";

const OPTIONS = new Set([
  "analyze",
  "verbose",
  "costs",
  "settings",
  "generic_plan",
  "buffers",
  "serialize",
  "wal",
  "timing",
  "summary",
  "memory",
  "format",
]);

const OFF = new Set(["false", "off", "0"]);

/** What `EXPLAIN` is asked about. */
export interface Explained {
  readonly statement: Node;
  /** Whether the statement is run, not only planned. */
  readonly analyze: boolean;
}

/**
 * Takes an `EXPLAIN` apart.
 * @throws {Refused} for an option that is not known
 */
export function explained({ query, options }: Fields): Explained {
  const [[type, fields] = []] = Object.entries(query as Readonly<Record<string, Fields>>);
  if (type === undefined || fields === undefined) throw new Refused("EXPLAIN needs a statement.");
  let analyze = false;
  for (const { DefElem: option } of (options ?? []) as readonly { readonly DefElem: Fields }[]) {
    const name = String(option.defname);
    if (!OPTIONS.has(name)) throw new Refused(`EXPLAIN has no option ${name}; leave it out.`);
    analyze ||= name === "analyze" && !isOff(option.arg);
  }
  return { statement: { type, fields }, analyze };
}

/** Only what PostgreSQL reads as false; where an option is given twice, either may count. */
function isOff(value: unknown): boolean {
  const { String: string, Integer: integer } = (value ?? {}) as Readonly<Record<string, Fields>>;
  if (integer) return (integer.ival ?? 0) === 0;
  return string !== undefined && OFF.has(String(string.sval).toLowerCase());
}
