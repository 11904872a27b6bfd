import type { Author, ChangeRecord } from "../graph/types.ts";
import type { Query } from "./connections.ts";

/** One thing that happened, to be written down. */
export interface Happening {
  readonly action: ChangeRecord["action"];
  /** The name the entity has. */
  readonly entity: string;
  readonly detail: string;
  /** The entity it happened to; the new one itself when absent. */
  readonly subject?: number | undefined;
  /** The entity at the other end. */
  readonly object?: number | undefined;
  /** The observation whose text is the detail, so that it is not written twice. */
  readonly fact?: number | undefined;
}

interface ChangeRow extends Happening {
  readonly id: number;
  readonly who: string | undefined;
  readonly client: string | undefined;
}

/**
 * A write under way. It holds the lock of its graph, so that numbers of changes grow in the order of commits: who has
 * read up to a number has missed none below it. Writers of one graph wait for each other, and never conflict.
 */
export class Writing {
  readonly query: Query;
  readonly graph: number;
  readonly #at: number;
  readonly #first: number;
  #changes: ChangeRow[] = [];
  #last: number;

  private constructor(query: Query, { graph, last, at }: Locked) {
    this.query = query;
    this.graph = graph;
    this.#first = last;
    this.#last = last;
    this.#at = at;
  }

  /** Waits until nobody else writes to the graph. */
  static async begin(query: Query, graph: number): Promise<Writing> {
    const [locked] = await query<Locked>(LOCK, [graph]);
    return new Writing(query, locked as Locked);
  }

  /** The last change so far: what the graph looks like now. */
  get last(): number {
    return this.#last;
  }

  /** Notes what happened. @returns the number of the change */
  record({ who, client }: Author, happening: Happening): number {
    const id = ++this.#last;
    this.#changes.push({ subject: id, ...happening, id, who, client });
    return id;
  }

  /** Takes numbers for what has no change of its own. @returns the one before the first of them */
  take(count: number): number {
    const before = this.#last;
    this.#last += count;
    return before;
  }

  /** Notes that an entity got a fact, which bears the number of the change. @returns that number */
  recordFact(author: Author, to: Pick<Happening, "entity" | "subject">): number {
    const fact = this.#last + 1;
    return this.record(author, { ...to, action: "add-observation", detail: "", fact });
  }

  /**
   * Writes down what happened, and tells listeners once it is committed.
   * @param sender marks the news
   * @returns the news; nothing where nothing happened
   */
  async finish(sender: string): Promise<string | undefined> {
    if (this.#changes.length === 0) return undefined;
    const news = `${this.graph}:${this.#first + 1}:${this.#last}:${sender}`;
    const rows = JSON.stringify(this.#changes);
    this.#changes = [];
    await this.query(FINISH, [this.graph, rows, this.#last, this.#at, news]);
    return news;
  }
}

interface Locked {
  readonly graph: number;
  readonly last: number;
  readonly at: number;
}

/** Time never runs backwards within a graph, whoever's clock it is. */
const LOCK = `
  SELECT id AS graph, last_change AS last,
    greatest(last_at, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) AS at
  FROM portico_memory.graph WHERE id = $1 FOR NO KEY UPDATE`;

const FINISH = `
  WITH recorded AS (
    INSERT INTO portico_memory.change (graph, id, at, who, client, action, entity, detail, subject, object, fact)
    SELECT $1, row.id, $4, who, client, action, entity, detail, subject, object, fact
    FROM json_to_recordset($2::json) AS row(
      id bigint, who text, client text, action text, entity text, detail text,
      subject bigint, object bigint, fact bigint)
  ), moved AS (
    UPDATE portico_memory.graph SET last_change = $3, last_at = $4 WHERE id = $1
  )
  SELECT pg_notify('portico_memory.changes', $5)`;
