import { compileGroups } from "./group-matcher.ts";
import { type GroupSupport, type Node, parseSegment } from "./parse-segment.ts";

/** Tests one name (a path without slashes). */
export type NameTest = (name: string) => boolean;

/** Compiles one segment of a glob, in the fastest form its shape allows; none needs more than segment x name steps. */
export function compileSegment(text: string, support: GroupSupport): NameTest {
  const nodes = parseSegment(text, support);
  if (nodes.some((node) => node.kind === "group")) {
    const matches = compileGroups(nodes);
    return (name) => matches([...name]);
  }
  return simpleTest(nodes) ?? ((name) => matchWildcards(nodes, [...name]));
}

/** Tests for the shapes nearly all patterns have: `name`, `*`, `*.ts`, `test-*`, `*part*`, `a*b`. */
function simpleTest(nodes: readonly Node[]): NameTest | undefined {
  const texts: string[] = [""];
  for (const node of nodes) {
    if (node.kind === "star") texts.push("");
    else if (node.kind === "character") texts[texts.length - 1] += node.value;
    else return undefined;
  }
  const [head, middle, tail] = texts as [string, string | undefined, string | undefined];
  if (middle === undefined) return (name) => name === head;
  if (tail === undefined) {
    const least = head.length + middle.length;
    return (name) => name.length >= least && name.startsWith(head) && name.endsWith(middle);
  }
  const inside = texts.length === 3 && head === "" && tail === "";
  return inside ? (name) => name.includes(middle) : undefined;
}

/** Only the last star passed ever needs to take more, so this is at most pattern x name steps. */
function matchWildcards(nodes: readonly Node[], name: readonly string[]): boolean {
  let node = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const current = nodes[node];
    if (current?.kind === "star") {
      star = node++;
      starAt = at;
    } else if (current !== undefined && accepts(current, name[at]!)) {
      node++;
      at++;
    } else if (star !== -1) {
      node = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (nodes[node]?.kind === "star") node++;
  return node === nodes.length;
}

function accepts(node: Node, character: string): boolean {
  if (node.kind === "character") return node.value === character;
  return node.kind === "any" || (node.kind === "class" && node.has(character));
}
