import type { Client } from "pg";
import type { Changed, Scope } from "../graph/types.ts";
import type { Connections } from "./connections.ts";

/** More entities than this are not named. */
const MOST_NAMES = 500;

/** Pauses before a lost connection is opened again, in milliseconds: doubled each time. */
const PAUSE = { first: 100, most: 10_000 };

/** How far the clocks of writes that committed late may lag behind: what is told twice harms nobody. */
const LAG_MS = 60_000;

type Listener = (change: Changed) => void;

/**
 * Tells of this process's writes once they are stored, and hears of others' on a connection of its own. The news are
 * numbers only, for anybody may listen; names are looked up. The connection comes back by itself, and then every graph
 * that changed meanwhile is told of, without names.
 */
export class Watcher {
  readonly #connections: Connections;
  readonly #listeners = new Set<Listener>();
  readonly #scopes = new Map<number, Scope>();
  /** Marks the news that this process sends. */
  readonly sender = crypto.randomUUID();
  #client: Client | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** The server's time of the last news, in milliseconds. */
  #heard: number | undefined;
  #watchedFrom = 0;
  #telling: Promise<void> = Promise.resolve();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Calls `listener` until the returned function is called. */
  watch(listener: Listener): () => void {
    // The same function twice is two listeners.
    const own: Listener = (change) => listener(change);
    this.#listeners.add(own);
    if (this.#listeners.size === 1) {
      this.#watchedFrom = performance.now();
      this.#listen(PAUSE.first);
    }
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#stop();
    };
  }

  /** Tells of a write of this process. */
  wrote(news: string): void {
    if (this.#listeners.size > 0) this.#tell(() => this.#news(news));
  }

  /** Listens no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#stop();
    await this.#telling;
  }

  #stop(): void {
    clearTimeout(this.#pause);
    this.#heard = undefined;
    const client = this.#client;
    this.#client = undefined;
    client?.end().catch(() => undefined);
  }

  #listen(pause: number): void {
    if (this.#isClosed || this.#listeners.size === 0) return;
    const client = this.#connections.listener();
    this.#client = client;
    let next = pause;
    const again = () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      client.end().catch(() => undefined);
      const wait = next * (0.5 + Math.random() / 2);
      this.#pause = setTimeout(() => this.#listen(Math.min(next * 2, PAUSE.most)), wait).unref();
    };
    client.on("error", again);
    client.on("end", again);
    client.on("notification", ({ payload = "" }) => {
      if (!payload.endsWith(this.sender)) this.#tell(() => this.#news(payload));
    });
    this.#connect(client).then(() => {
      next = PAUSE.first;
    }, again);
  }

  async #connect(client: Client): Promise<void> {
    await client.connect();
    const channel = `"${this.#connections.schema}".changes`;
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    this.#tell(() => this.#gap());
  }

  /** One after the other, in the order they came. What fails for want of the server is made up for by `#gap`. */
  #tell(work: () => Promise<void>): void {
    this.#telling = this.#telling.then(work).catch(() => undefined);
  }

  async #news(payload: string): Promise<void> {
    const [graph, first, last] = payload.split(":").map(Number) as [number, number, number];
    const scope = await this.#scopeOf(graph);
    if (!scope) return;
    const rows = await this.#connections.read<{ name: string; at: number }>(CONCERNED, [
      graph,
      first,
      last,
      MOST_NAMES + 1,
    ]);
    const at = rows.at(-1)?.at;
    if (at !== undefined) this.#heard = Math.max(this.#heard ?? 0, at);
    const isTooMany = rows.length > MOST_NAMES;
    this.#emit(isTooMany ? { scope } : { scope, names: rows.map(({ name }) => name) });
  }

  /** What changed while nobody listened: since the last news, or since there is anybody to tell. */
  async #gap(): Promise<void> {
    const waited = Math.ceil(performance.now() - this.#watchedFrom);
    const values = [this.#heard === undefined ? null : this.#heard - LAG_MS, waited];
    const rows = await this.#connections.read<Scope & { at: number }>(CHANGED_SINCE, values);
    for (const { owner, project, at } of rows) {
      this.#heard = Math.max(this.#heard ?? 0, at);
      this.#emit({ scope: { owner, project } });
    }
  }

  #emit(change: Changed): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch {
        // What a listener does wrong is not the others' concern.
      }
    }
  }

  async #scopeOf(graph: number): Promise<Scope | undefined> {
    const known = this.#scopes.get(graph);
    if (known) return known;
    const [scope] = await this.#connections.read<Scope>(SCOPE, [graph]);
    if (scope) this.#scopes.set(graph, scope);
    return scope;
  }
}

const SCOPE = "SELECT owner, project FROM portico_memory.graph WHERE id = $1";

const CHANGED_SINCE = `
  SELECT owner, project, last_at AS at FROM portico_memory.graph 
  WHERE last_at >= coalesce($1::bigint, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint - $2)`;

const CONCERNED = `
  WITH touched AS (
    SELECT ends.entity, max(c.at) AS at
    FROM portico_memory.change c, LATERAL (VALUES (c.subject), (c.object)) AS ends(entity)
    WHERE c.graph = $1 AND c.id BETWEEN $2 AND $3 AND ends.entity IS NOT NULL
    GROUP BY ends.entity LIMIT $4
  )
  SELECT h.name, touched.at FROM touched, LATERAL (
    SELECT name FROM portico_memory.head WHERE graph = $1 AND entity = touched.entity ORDER BY since DESC LIMIT 1
  ) AS h ORDER BY touched.entity`;
