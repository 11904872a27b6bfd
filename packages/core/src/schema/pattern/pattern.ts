import { SchemaError, shown } from "../error.ts";

export interface Pattern {
  test(text: string, run: { spend(count: number): void }): boolean;
}

/** Compiles. */
export function compilePattern(source: string): Pattern {
  try {
    const r = new RegExp(source, "u");
    return { test: (t) => r.test(t) };
  } catch {
    throw new SchemaError(`The pattern ${shown(source)} is not a regular expression.`);
  }
}
