import { SearchError } from "../error.ts";
import { type Class, parseClass } from "./character-class.ts";

/** One element of a glob segment (the part of a pattern between two slashes). */
export type Node =
  | { readonly kind: "character"; readonly value: string }
  | { readonly kind: "any" }
  | { readonly kind: "star" }
  | { readonly kind: "class"; readonly has: Class }
  | Group;

/** An extended glob such as `+(a|b)`. */
export interface Group {
  readonly kind: "group";
  readonly operator: "@" | "?" | "*" | "+" | "!";
  readonly choices: readonly (readonly Node[])[];
}

/** Whether `+(a|b)` and its kin have their meaning, or are plain text as in .gitignore. */
export type GroupSupport = "groups" | "plain";

const maxNesting = 50;

/** Parses one glob segment. Throws a {@link SearchError} for groups nested too deeply or a `!(...)` that repeats. */
export function parseSegment(text: string, support: GroupSupport): Node[] {
  return new SegmentParser([...text], support).parse();
}

class SegmentParser {
  readonly #text: readonly string[];
  readonly #support: GroupSupport;
  #at = 0;

  constructor(text: readonly string[], support: GroupSupport) {
    this.#text = text;
    this.#support = support;
  }

  parse(): Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#text.length) this.#take(nodes, 0, false);
    return nodes;
  }

  #take(nodes: Node[], depth: number, repeated: boolean): void {
    const character = this.#text[this.#at]!;
    const group = this.#group(depth, repeated);
    if (group !== undefined) {
      nodes.push(group);
      return;
    }
    if (character === "[") {
      const parsed = parseClass(this.#text, this.#at);
      this.#at = parsed?.end ?? this.#at + 1;
      nodes.push(parsed ? { kind: "class", has: parsed.has } : { kind: "character", value: "[" });
      return;
    }
    this.#at++;
    if (character === "?") nodes.push({ kind: "any" });
    else if (character === "*") {
      if (nodes.at(-1)?.kind !== "star") nodes.push({ kind: "star" });
    } else if (character === "\\" && this.#at < this.#text.length) {
      nodes.push({ kind: "character", value: this.#text[this.#at++]! });
    } else nodes.push({ kind: "character", value: character });
  }

  #group(depth: number, repeated: boolean): Group | undefined {
    const operator = this.#text[this.#at];
    if (this.#support === "plain" || !isOperator(operator)) return undefined;
    if (this.#text[this.#at + 1] !== "(" || !this.#closes(this.#at + 1)) return undefined;
    if (depth >= maxNesting) {
      throw new SearchError(
        "invalid-glob",
        `The pattern nests groups more than ${maxNesting} deep; use fewer.`,
      );
    }
    if (operator === "!" && repeated) {
      throw new SearchError(
        "invalid-glob",
        "A !(...) inside *(...) or +(...) has no clear meaning; put it outside, or use two searches.",
      );
    }
    this.#at += 2;
    return { kind: "group", operator, choices: this.#choices(depth, repeated, operator) };
  }

  #choices(depth: number, repeated: boolean, operator: Group["operator"]): Node[][] {
    const inside = repeated || operator === "*" || operator === "+";
    const choices: Node[][] = [[]];
    for (;;) {
      const character = this.#text[this.#at];
      if (character === ")" || character === undefined) {
        this.#at++;
        return choices;
      }
      if (character === "|") {
        this.#at++;
        choices.push([]);
      } else this.#take(choices.at(-1)!, depth + 1, inside);
    }
  }

  /** Whether the parenthesis at `open` is closed; one that is not makes plain text of the whole. */
  #closes(open: number): boolean {
    let depth = 0;
    for (let at = open; at < this.#text.length; at++) {
      const character = this.#text[at];
      if (character === "\\") at++;
      else if (character === "[") at = (parseClass(this.#text, at)?.end ?? at + 1) - 1;
      else if (character === "(" && (at === open || isOperator(this.#text[at - 1]))) depth++;
      else if (character === ")" && --depth === 0) return true;
    }
    return false;
  }
}

function isOperator(character: string | undefined): character is Group["operator"] {
  return character !== undefined && "@?*+!".includes(character);
}
