import type { Grammar } from "./grammar.ts";
import type { Fields, Node } from "./parser.ts";
import { Refused } from "./refused.ts";

/** PostgreSQL's own stack takes about this much; deeper statements are machine-made. */
const DEEPEST = 1_000;

/**
 * Every node of a tree, parents first. All of it is compared with the grammar.
 * @throws {Refused} at a node, a field or a value the grammar does not know
 */
export function* walk(root: Node, grammar: Grammar): Generator<Node> {
  const waiting = [{ ...root, depth: 0 }];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.depth > DEEPEST) {
      throw new Refused("The statement is nested too deeply to be checked; make it simpler.");
    }
    yield node;
    for (const child of children(node, grammar)) waiting.push({ ...child, depth: node.depth + 1 });
  }
}

function* children({ type, fields }: Node, grammar: Grammar): Generator<Node> {
  const shape = grammar.get(type);
  if (!shape) throw unknown(type);
  for (const [name, value] of Object.entries(fields)) {
    const part = shape.parts.get(name);
    if (part !== undefined && isFields(value)) yield { type: part, fields: value };
    else if (shape.nodes.has(name)) yield* wrapped(value, `${type}.${name}`);
    else if (!shape.values.has(name) || typeof value === "object") throw unknown(`${type}.${name}`);
  }
}

/** A node that says its type, `{ "ColumnRef": { … } }`, or a list of such; an empty one stands for a gap in a list. */
function* wrapped(value: unknown, where: string): Generator<Node> {
  for (const item of Array.isArray(value) ? value : [value]) {
    if (!isFields(item)) throw unknown(where);
    const entries = Object.entries(item);
    const [type, fields] = entries[0] ?? [];
    if (entries.length > 1 || (type !== undefined && !isFields(fields))) throw unknown(where);
    if (type !== undefined) yield { type, fields: fields as Fields };
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknown(what: string): Refused {
  return new Refused(
    `${what} is not among what this server knows to be safe; write it another way.`,
  );
}
