/** Most characters of a project's name. */
const LONGEST = 64;

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]*[\p{L}\p{M}\p{N}_-])?$/u;

/**
 * The one spelling of a project's name, or nothing when it is none. A name is 1 to 64 letters, digits, spaces, dots, `_`
 * and `-`, the first a letter or digit, the last no space or dot: never a path, and nothing that cannot be seen.
 */
export function projectName(given: string): string | undefined {
  const name = given.normalize("NFC");
  return name.length <= LONGEST && NAME.test(name) ? name : undefined;
}

/** What a refused name is told: never the name itself, which may hold anything. */
export const PROJECT_RULE =
  "A project's name is 1 to 64 letters, digits, spaces, dots, _ and -, beginning with a letter or digit.";
