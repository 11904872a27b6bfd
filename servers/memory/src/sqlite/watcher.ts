import { GraphError } from "../graph/error.ts";
import type { Changed } from "../graph/types.ts";
import { lastChange } from "./as-of.ts";
import type { Connection } from "./connection.ts";
import { refusal } from "./errors.ts";

/** How often other processes are looked for, in milliseconds; only while somebody watches. */
const INTERVAL = 200;
/** How long changes of this process are gathered, in milliseconds: telling of one costs more than the write itself. */
const GATHERED = 10;
/** Entities named in one report. */
const NAMED = 500;

type Listener = (change: Changed) => void;

/** Tells listeners of changes, soon after they were made. */
export class Watcher {
  readonly #connection: Connection;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #version: unknown;
  #told = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Calls `listener` for each change, until the returned function is called. */
  watch(listener: Listener): () => void {
    const own: Listener = (change) => listener(change);
    if (this.#listeners.size === 0) this.#begin();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** Has listeners told of what this process wrote, and of what others wrote before that. */
  wrote(): void {
    if (this.#timer === undefined) return;
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#ifFree(() => this.#tell(lastChange(this.#connection)));
    }, GATHERED).unref();
  }

  /** Stops looking. */
  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#gathering);
    this.#timer = undefined;
    this.#gathering = undefined;
    this.#listeners.clear();
  }

  #begin(): void {
    this.#version = this.#dataVersion();
    this.#told = lastChange(this.#connection);
    this.#timer = setInterval(() => this.#look(), INTERVAL);
    this.#timer.unref();
  }

  #look(): void {
    this.#ifFree(() => {
      const version = this.#dataVersion();
      if (version === this.#version) return;
      this.#tell(lastChange(this.#connection));
      this.#version = version;
    });
  }

  /** Where another process is in the way, or the database broke, calls say so; what is not told now is told later. */
  #ifFree(look: () => void): void {
    try {
      look();
    } catch (error) {
      if (!(refusal(error) instanceof GraphError)) throw error;
    }
  }

  /** Changes whenever another connection has written. */
  #dataVersion(): unknown {
    return this.#connection.database.pragma("data_version", { simple: true });
  }

  #tell(last: number): void {
    if (last <= this.#told) return;
    const changes = changesBetween(this.#connection, this.#told, last);
    this.#told = last;
    for (const change of changes) {
      for (const listener of this.#listeners) callSafely(listener, change);
    }
  }
}

interface Row {
  readonly owner: string;
  readonly project: string;
  readonly name: string | null;
}

/** What happened after one change, up to another, by graph. */
function changesBetween(connection: Connection, after: number, last: number): Changed[] {
  const rows = connection.all<Row>(
    `WITH concerned AS (
       SELECT graph, entity AS id FROM change WHERE id > :after AND id <= :last
       UNION SELECT graph, other FROM change WHERE id > :after AND id <= :last AND other IS NOT NULL
     ), named AS (
       SELECT graph, coalesce(
         (SELECT e.name FROM entity AS e WHERE e.id = c.id),
         (SELECT p.name FROM entity_past AS p WHERE p.id = c.id ORDER BY p.until DESC LIMIT 1)
       ) AS name FROM concerned AS c
       UNION SELECT c.graph, p.name FROM concerned AS c JOIN entity_past AS p ON p.id = c.id
       WHERE p.until > :after AND p.until <= :last
     )
     SELECT g.owner, g.project, n.name FROM graph AS g JOIN named AS n ON n.graph = g.id
     LIMIT ${NAMED + 1}`,
    { after, last },
  );
  if (rows.length > NAMED) return graphsBetween(connection, after, last);
  const graphs = Map.groupBy(rows, ({ owner, project }) => JSON.stringify([owner, project]));
  return [...graphs.values()].map((rows) => {
    const { owner, project } = rows[0] as Row;
    return { scope: { owner, project }, names: rows.flatMap(({ name }) => name ?? []) };
  });
}

function graphsBetween(connection: Connection, after: number, last: number): Changed[] {
  return connection
    .all<Row>(
      `SELECT owner, project FROM graph
       WHERE id IN (SELECT graph FROM change WHERE id > :after AND id <= :last)`,
      { after, last },
    )
    .map(({ owner, project }) => ({ scope: { owner, project } }));
}

/** A listener that fails is its own affair: the others are told, and the failure is not lost. */
function callSafely(listener: Listener, change: Changed): void {
  try {
    listener(change);
  } catch (error) {
    queueMicrotask(() => process.emitWarning(error instanceof Error ? error : String(error)));
  }
}
