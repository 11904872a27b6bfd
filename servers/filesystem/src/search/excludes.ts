import { anyOf, compileGlob, type PathTest } from "./glob/glob.ts";

/** Tests a path relative to the start against globs that mean exactly what they say, or returns `undefined` for none. */
export function exactly(patterns: readonly string[]): PathTest | undefined {
  return combine(patterns, (pattern) => [pattern]);
}

/** The same, with a pattern without "*" standing for any file or directory that ends with it, at any depth. */
export function atAnyDepthUnlessStarred(patterns: readonly string[]): PathTest | undefined {
  return combine(patterns, (pattern) =>
    pattern.includes("*") ? [pattern] : [pattern, `**/${pattern}`, `**/${pattern}/**`],
  );
}

/** The same, with a pattern without "/" standing for names at any depth, and a "/" at the end of no meaning. */
export function namesAtAnyDepth(patterns: readonly string[]): PathTest | undefined {
  return combine(patterns, (pattern) => {
    const plain = pattern.length > 1 && pattern.endsWith("/") ? pattern.slice(0, -1) : pattern;
    return [plain.includes("/") ? plain.replace(/^\//, "") : `**/${plain}`];
  });
}

function combine(
  patterns: readonly string[],
  forms: (pattern: string) => readonly string[],
): PathTest | undefined {
  if (patterns.length === 0) return undefined;
  return anyOf(patterns.flatMap(forms).map(compileGlob));
}
