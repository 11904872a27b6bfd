import type { Relation } from "../../src/graph/types.ts";

interface Node {
  name: string;
  readonly facts: Set<string>;
  alive: boolean;
}

interface Edge {
  readonly from: Node;
  readonly to: Node;
  readonly type: string;
  /** Ended together with one of its ends, and would come back with it. */
  lost: boolean;
}

/** What a graph store does, as plainly as it can be said; for comparison. */
export class GraphModel {
  readonly #nodes: Node[] = [];
  readonly #removed: Node[] = [];
  #edges: Edge[] = [];

  create(name: string, facts: readonly string[]): void {
    if (this.#find(name) === undefined) {
      this.#nodes.push({ name, facts: new Set(facts), alive: true });
    }
  }

  relate({ from, to, relationType }: Relation): void {
    const [source, target] = [this.#find(from), this.#find(to)];
    if (source !== undefined && target !== undefined) this.#tie(source, target, relationType);
  }

  add(name: string, facts: readonly string[]): void {
    for (const fact of facts) this.#find(name)?.facts.add(fact);
  }

  forget(name: string, fact: string): void {
    this.#find(name)?.facts.delete(fact);
  }

  unrelate({ from, to, relationType }: Relation): void {
    const [source, target] = [this.#find(from), this.#find(to)];
    this.#edges = this.#edges.filter(
      (edge) =>
        edge.lost || edge.from !== source || edge.to !== target || edge.type !== relationType,
    );
  }

  remove(name: string): void {
    const node = this.#find(name);
    if (node === undefined) return;
    node.alive = false;
    this.#removed.push(node);
    for (const edge of this.#edgesOf(node)) edge.lost = true;
  }

  rename(name: string, newName: string): void {
    const node = this.#find(name);
    if (node !== undefined && this.#find(newName) === undefined) node.name = newName;
  }

  merge(into: string, from: string): void {
    const [kept, gone] = [this.#find(into), this.#find(from)];
    if (kept === undefined || gone === undefined || kept === gone) return;
    for (const fact of gone.facts) kept.facts.add(fact);
    const edges = this.#edgesOf(gone);
    this.remove(from);
    for (const edge of edges) {
      if (edge.from === kept || edge.to === kept) continue;
      const moved = (end: Node) => (end === gone ? kept : end);
      this.#tie(moved(edge.from), moved(edge.to), edge.type);
    }
  }

  restore(name: string): void {
    if (this.#find(name) !== undefined) return;
    const node = this.#removed.findLast((removed) => removed.name === name);
    if (node === undefined) return;
    node.alive = true;
    this.#removed.splice(this.#removed.lastIndexOf(node), 1);
    for (const edge of this.#edges) {
      if (!edge.lost || (edge.from !== node && edge.to !== node)) continue;
      if (edge.from.alive && edge.to.alive) edge.lost = false;
    }
  }

  entities(): [string, string[]][] {
    return this.#nodes
      .filter(({ alive }) => alive)
      .map(({ name, facts }) => [name, [...facts]] as [string, string[]]);
  }

  relations(): string[] {
    return this.#edges
      .filter(({ lost }) => !lost)
      .map(({ from, type, to }) => `${from.name} ${type} ${to.name}`)
      .sort();
  }

  #find(name: string): Node | undefined {
    return this.#nodes.find((node) => node.alive && node.name === name);
  }

  #edgesOf(node: Node): Edge[] {
    return this.#edges.filter(({ from, to, lost }) => !lost && (from === node || to === node));
  }

  #tie(from: Node, to: Node, type: string): void {
    const known = this.#edges.some(
      (edge) => !edge.lost && edge.from === from && edge.to === to && edge.type === type,
    );
    if (!known) this.#edges.push({ from, to, type, lost: false });
  }
}
