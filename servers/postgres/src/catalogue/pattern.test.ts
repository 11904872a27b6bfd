import fc from "fast-check";
import { expect, test } from "vitest";
import { likeOf } from "./pattern.ts";

/** Whether `LIKE` matches, as PostgreSQL does: `%`, `_`, and a backslash before what is meant literally. */
function isLike(name: string, pattern: string): boolean {
  const source = [...pattern.matchAll(/\\(.)|(%)|(_)|(.)/gsu)].map(
    ([, escaped, any, one, other]) => {
      if (any) return ".*";
      return one ? "." : (escaped ?? other ?? "").replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&");
    },
  );
  return new RegExp(`^${source.join("")}$`, "su").test(name);
}

/** Whether a glob matches, said as simply as it can be. */
function isGlob(name: readonly string[], glob: readonly string[]): boolean {
  const [first, ...rest] = glob;
  if (first === undefined) return name.length === 0;
  if (first === "*") return isGlob(name, rest) || (name.length > 0 && isGlob(name.slice(1), glob));
  if (name.length === 0 || (first !== "?" && first !== name[0])) return false;
  return isGlob(name.slice(1), rest);
}

const characters = fc.array(fc.constantFrom("a", "b", "%", "_", "\\", "é"), { maxLength: 8 });

test("a glob means the same as the pattern made of it, whatever else LIKE would read into it", () => {
  const globs = fc.array(fc.constantFrom("a", "b", "%", "_", "\\", "é", "*", "?"), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(characters, globs, (name, glob) => {
      const whole = glob.some((one) => one === "*" || one === "?") ? glob : ["*", ...glob, "*"];
      expect(isLike(name.join(""), likeOf(glob.join("")))).toBe(isGlob(name, whole));
    }),
    { seed: 7, numRuns: 2_000 },
  );
});
