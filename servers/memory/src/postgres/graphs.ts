import type { Scope } from "../graph/types.ts";
import type { Connections } from "./connections.ts";

/** A graph's number never changes, so it is asked for once; these many are remembered. */
const REMEMBERED = 10_000;

/** The numbers of graphs. */
export class Graphs {
  readonly #connections: Connections;
  readonly #known = new Map<string, number>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** The number of a graph; nothing when nobody has written to it yet. */
  async find(scope: Scope): Promise<number | undefined> {
    const key = scopeKey(scope);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const [row] = await this.#connections.read<{ id: number }>(FIND, [scope.owner, scope.project]);
    if (row) this.#remember(key, row.id);
    return row?.id;
  }

  /** The number of a graph, which is made when it is not there. */
  async need(scope: Scope): Promise<number> {
    const found = await this.find(scope);
    if (found !== undefined) return found;
    await this.#connections.transaction((query) => query(MAKE, [scope.owner, scope.project]));
    return (await this.find(scope)) as number;
  }

  #remember(key: string, id: number): void {
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(key, id);
  }
}

/** Equal for equal scopes only. */
export function scopeKey({ owner, project }: Scope): string {
  return JSON.stringify([owner, project]);
}

const FIND = `
  SELECT id FROM portico_memory.graph
  WHERE hashtextextended(owner, 0) = hashtextextended($1, 0)
    AND hashtextextended(project, 0) = hashtextextended($2, 0)
    AND owner = $1 AND project = $2`;

const MAKE = `
  INSERT INTO portico_memory.graph (owner, project) VALUES ($1, $2) ON CONFLICT DO NOTHING`;
