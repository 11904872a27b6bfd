import { readCount, readString } from "../error.ts";
import { compilePattern } from "../pattern/pattern.ts";
import type { Run } from "../run.ts";
import type { Keyword } from "./builder.ts";

/** `minLength`, counted in code points (2020-12 validation, section 6.3.2). */
export const minLength: Keyword = (schema) => {
  const limit = readCount(schema, "minLength");
  if (limit === undefined) return undefined;
  const message = limit === 1 ? "must not be empty" : `must be at least ${limit} characters long`;
  return (value, run) => {
    if (typeof value !== "string") return true;
    // A code point takes one or two units, so most lengths decide without counting.
    if (value.length >= limit * 2) return true;
    return (
      (value.length >= limit && codePoints(value, run) >= limit) || run.fail("minLength", message)
    );
  };
};

/** `maxLength`, counted in code points (2020-12 validation, section 6.3.1). */
export const maxLength: Keyword = (schema) => {
  const limit = readCount(schema, "maxLength");
  if (limit === undefined) return undefined;
  const message = `must be at most ${limit} characters long`;
  return (value, run) => {
    if (typeof value !== "string" || value.length <= limit) return true;
    return (
      (value.length <= limit * 2 && codePoints(value, run) <= limit) ||
      run.fail("maxLength", message)
    );
  };
};

/** `pattern`: a regular expression the string must contain a match of. */
export const pattern: Keyword = (schema) => {
  const source = readString(schema, "pattern");
  if (source === undefined) return undefined;
  const expression = compilePattern(source);
  const message = `must match the pattern ${source.length <= 200 ? source : `${source.slice(0, 199)}…`}`;
  return (value, run) =>
    typeof value !== "string" || expression.test(value, run) || run.fail("pattern", message);
};

/** `format`: an annotation, unless the compilation was given checks for formats. */
export const format: Keyword = (schema, builder) => {
  const name = readString(schema, "format");
  const check = name === undefined ? undefined : builder.format(name);
  if (!check) return undefined;
  const message = `must be a valid ${name}`;
  return (value, run) => typeof value !== "string" || check(value) || run.fail("format", message);
};

function codePoints(text: string, run: Run): number {
  run.spend(text.length);
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
