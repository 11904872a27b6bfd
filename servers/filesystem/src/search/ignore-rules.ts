import type { PathTest } from "./glob/glob.ts";
import { compilePath } from "./glob/glob.ts";
import { compileSegment } from "./glob/segment.ts";

// The rules of the gitignore manual, over our own matcher: a .gitignore is as untrusted as any file,
// so its patterns must not be able to hold the process either.

interface Rule {
  readonly ignores: boolean;
  readonly directoriesOnly: boolean;
  /** Tests the path below the directory of the file, or just the name. */
  readonly subject: "path" | "name";
  readonly matches: PathTest;
}

const maxRules = 5000;
const maxRuleLength = 1000;

/** The .gitignore files in force in one directory: its own and those of the directories above. */
export class IgnoreRules {
  readonly #above: IgnoreRules | undefined;
  readonly #prefixLength: number;
  readonly #rules: readonly Rule[];

  /** `directory` is where the .gitignore with this text lies; "" is the folder itself. */
  constructor(directory: string, text: string, above?: IgnoreRules) {
    this.#above = above;
    this.#prefixLength = directory === "" ? 0 : directory.length + 1;
    this.#rules = parseRules(text);
  }

  /**
   * Whether a path below that directory is ignored. Nothing below an ignored directory can be taken
   * back, so ask about a directory before its contents.
   */
  ignores(path: string, isDirectory: boolean): boolean {
    return this.#verdict(path, isDirectory) ?? false;
  }

  #verdict(path: string, isDirectory: boolean): boolean | undefined {
    const below = path.slice(this.#prefixLength);
    const name = path.slice(path.lastIndexOf("/") + 1);
    for (let i = this.#rules.length - 1; i >= 0; i--) {
      const rule = this.#rules[i]!;
      if (rule.directoriesOnly && !isDirectory) continue;
      if (rule.matches(rule.subject === "name" ? name : below)) return rule.ignores;
    }
    const above = this.#above;
    return above === undefined ? undefined : above.#verdict(path, isDirectory);
  }
}

function parseRules(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split("\n", maxRules)) {
    const rule = line.length <= maxRuleLength ? parseRule(line.replace(/\r$/, "")) : undefined;
    if (rule !== undefined) rules.push(rule);
  }
  return rules;
}

function parseRule(line: string): Rule | undefined {
  if (line.startsWith("#")) return undefined;
  const ignores = !line.startsWith("!");
  let pattern = withoutTrailingSpaces(ignores ? line : line.slice(1));
  const directoriesOnly = pattern.endsWith("/");
  if (directoriesOnly) pattern = pattern.slice(0, -1);
  if (pattern === "") return undefined;
  if (!pattern.includes("/")) {
    return { ignores, directoriesOnly, subject: "name", matches: compileSegment(pattern, "plain") };
  }
  const anchored = pattern.startsWith("/") ? pattern.slice(1) : pattern;
  return { ignores, directoriesOnly, subject: "path", matches: compilePath(anchored, "plain") };
}

/** Spaces at the end do not count, unless a "\" stands before them. */
function withoutTrailingSpaces(pattern: string): string {
  let end = pattern.length;
  while (end > 0 && pattern[end - 1] === " " && pattern[end - 2] !== "\\") end--;
  return pattern.slice(0, end);
}
