import type { Group, Node } from "./parse-segment.ts";

// A segment with groups becomes states, each answering "does the rest of the name from here match?".
// Going through the name backwards, every state is asked once per position: pattern x name steps,
// whatever the pattern. A state only asks about the position after, or about states asked before it
// at the same position; for that, a repeated choice that took no character must not repeat again.
// Hence two entries to everything: "fresh" as long as the current repetition took nothing, and "moved".

type State =
  | { readonly kind: "end" }
  | { readonly kind: "fail" }
  | {
      readonly kind: "take";
      readonly accepts: (character: string) => boolean;
      readonly next: number;
    }
  | { readonly kind: "star"; readonly next: number; readonly again: number }
  | { readonly kind: "either"; outs: readonly number[] }
  | { readonly kind: "not"; readonly inner: number; readonly next: number };

interface Entries {
  readonly fresh: number;
  readonly moved: number;
}

/** Compiles a segment with groups into a test of a name, given as its characters. */
export function compileGroups(nodes: readonly Node[]): (name: readonly string[]) => boolean {
  const states: State[] = [{ kind: "end" }, { kind: "fail" }];
  const start = new Compiler(states).sequence(nodes, { fresh: 0, moved: 0 }).fresh;
  const order = evaluationOrder(states, start);
  return (name) => {
    let here = new Uint8Array(states.length);
    let after = new Uint8Array(states.length);
    for (let at = name.length; at >= 0; at--) {
      for (const id of order) here[id] = holds(states[id]!, name[at], here, after) ? 1 : 0;
      [here, after] = [after, here];
    }
    return after[start] === 1;
  };
}

function holds(
  state: State,
  character: string | undefined,
  here: Uint8Array,
  after: Uint8Array,
): boolean {
  switch (state.kind) {
    case "end":
      return character === undefined;
    case "fail":
      return false;
    case "take":
      return character !== undefined && after[state.next] === 1 && state.accepts(character);
    case "star":
      return here[state.next] === 1 || (character !== undefined && after[state.again] === 1);
    case "either":
      return state.outs.some((out) => here[out] === 1);
    case "not":
      return here[state.inner] === 0 && here[state.next] === 1;
  }
}

class Compiler {
  readonly #states: State[];

  constructor(states: State[]) {
    this.#states = states;
  }

  sequence(nodes: readonly Node[], next: Entries): Entries {
    return nodes.reduceRight((rest, node) => this.#node(node, rest), next);
  }

  #node(node: Node, next: Entries): Entries {
    switch (node.kind) {
      case "character":
        return this.#take((character) => character === node.value, next);
      case "any":
        return this.#take(() => true, next);
      case "class":
        return this.#take(node.has, next);
      case "star":
        return this.#star(next);
      case "group":
        return this.#group(node, next);
    }
  }

  #take(accepts: (character: string) => boolean, next: Entries): Entries {
    const id = this.#add({ kind: "take", accepts, next: next.moved });
    return { fresh: id, moved: id };
  }

  #star(next: Entries): Entries {
    const moved = this.#add({ kind: "star", next: next.moved, again: this.#states.length });
    if (next.fresh === next.moved) return { fresh: moved, moved };
    return { fresh: this.#add({ kind: "star", next: next.fresh, again: moved }), moved };
  }

  #group(group: Group, next: Entries): Entries {
    switch (group.operator) {
      case "@":
        return this.#either(this.#choices(group, next));
      case "?":
        return this.#either([...this.#choices(group, next), next]);
      case "!": {
        const inner = this.#either(this.#choices(group, next)).moved;
        const id = this.#add({ kind: "not", inner, next: this.#star(next).moved });
        return { fresh: id, moved: id };
      }
      default:
        return this.#repeat(group, next);
    }
  }

  #repeat(group: Group, next: Entries): Entries {
    const loop: { kind: "either"; outs: readonly number[] } = { kind: "either", outs: [] };
    const again = this.#add(loop);
    const once = this.#either(this.#choices(group, { fresh: failId, moved: again })).fresh;
    loop.outs = [next.moved, once];
    if (group.operator === "+" && !group.choices.some(canBeEmpty))
      return { fresh: once, moved: once };
    const fresh = this.#add({ kind: "either", outs: [next.fresh, once] });
    return { fresh, moved: again };
  }

  #choices(group: Group, next: Entries): Entries[] {
    return group.choices.map((choice) => this.sequence(choice, next));
  }

  #either(entries: readonly Entries[]): Entries {
    const fresh = this.#add({ kind: "either", outs: entries.map((entry) => entry.fresh) });
    if (entries.every((entry) => entry.fresh === entry.moved)) return { fresh, moved: fresh };
    return {
      fresh,
      moved: this.#add({ kind: "either", outs: entries.map((entry) => entry.moved) }),
    };
  }

  #add(state: State): number {
    return this.#states.push(state) - 1;
  }
}

const failId = 1;

function canBeEmpty(nodes: readonly Node[]): boolean {
  return nodes.every((node) => {
    if (node.kind !== "group") return node.kind === "star";
    return "?*!".includes(node.operator) || node.choices.some(canBeEmpty);
  });
}

/** The states in an order in which each comes after those it asks about at the same position. */
function evaluationOrder(states: readonly State[], start: number): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const later = [start];
  const visit = (id: number): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const { asked, after } = asks(states[id]!);
    for (const other of asked) visit(other);
    later.push(...after);
    order.push(id);
  };
  for (let id = later.pop(); id !== undefined; id = later.pop()) visit(id);
  return order;
}

function asks(state: State): { asked: readonly number[]; after: readonly number[] } {
  switch (state.kind) {
    case "take":
      return { asked: [], after: [state.next] };
    case "star":
      return { asked: [state.next], after: [state.again] };
    case "either":
      return { asked: state.outs, after: [] };
    case "not":
      return { asked: [state.inner, state.next], after: [] };
    default:
      return { asked: [], after: [] };
  }
}
