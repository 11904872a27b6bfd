import { GraphError } from "../graph/error.ts";
import type { Scope } from "../graph/types.ts";
import type { Connections } from "./connections.ts";
import { type Graphs, scopeKey } from "./graphs.ts";
import { Writing } from "./writing.ts";

/**
 * A kind of write, over several calls of it at once: one statement for all of them. A call that is refused gets its
 * refusal as its answer and must have changed nothing.
 */
export type Command<Call, Answer> = (
  writing: Writing,
  calls: readonly Call[],
) => Promise<readonly (Answer | GraphError)[]>;

/** Most calls in one transaction: others' writers wait for it. */
const TOGETHER = 256;

interface Waiting {
  readonly command: Command<unknown, unknown>;
  readonly call: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Whom to tell what was written. */
export interface News {
  readonly sender: string;
  wrote(news: string): void;
}

/** Makes writes to one graph that come in together one transaction: they share its COMMIT, and keep their order. */
export class Writer {
  readonly #connections: Connections;
  readonly #graphs: Graphs;
  readonly #news: News;
  readonly #queues = new Map<string, Waiting[]>();
  readonly #running = new Set<Promise<void>>();

  constructor(connections: Connections, graphs: Graphs, news: News) {
    this.#connections = connections;
    this.#graphs = graphs;
    this.#news = news;
  }

  /** Runs `command`. Resolves when its transaction is on disk. */
  write<Call, Answer>(scope: Scope, command: Command<Call, Answer>, call: Call): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const waiting = { command, call, resolve, reject } as Waiting;
      const key = scopeKey(scope);
      const queue = this.#queues.get(key);
      if (queue) queue.push(waiting);
      else this.#start(scope, key, waiting);
    });
  }

  /** Waits for the writes that were begun. */
  async finish(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #start(scope: Scope, key: string, first: Waiting): void {
    const queue = [first];
    this.#queues.set(key, queue);
    const running = this.#drain(scope, queue).finally(() => {
      this.#queues.delete(key);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  async #drain(scope: Scope, queue: Waiting[]): Promise<void> {
    // Calls made in one turn go together.
    await Promise.resolve();
    while (queue.length > 0) await this.#writeAll(scope, queue.splice(0, TOGETHER));
  }

  async #writeAll(scope: Scope, batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#transaction(scope, batch);
      for (const [index, waiting] of batch.entries()) settle(waiting, answers[index]);
    } catch (error) {
      if (batch.length === 1 || error instanceof GraphError) {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      // Nothing was stored. One of them is at fault; the others shall not suffer.
      for (const waiting of batch) await this.#writeAll(scope, [waiting]);
    }
  }

  async #transaction(scope: Scope, batch: readonly Waiting[]): Promise<unknown[]> {
    const graph = await this.#graphs.need(scope);
    const done = await this.#connections.transaction(async (query) => {
      const writing = await Writing.begin(query, graph);
      const answers: unknown[] = [];
      for (const [command, calls] of runs(batch)) answers.push(...(await command(writing, calls)));
      return { answers, news: await writing.finish(this.#news.sender) };
    });
    if (done.news !== undefined) this.#news.wrote(done.news);
    return done.answers;
  }
}

/** Neighbours of the same kind, in one piece. */
function runs(batch: readonly Waiting[]): [Waiting["command"], unknown[]][] {
  const pieces: [Waiting["command"], unknown[]][] = [];
  for (const { command, call } of batch) {
    const last = pieces.at(-1);
    if (last?.[0] === command) last[1].push(call);
    else pieces.push([command, [call]]);
  }
  return pieces;
}

function settle({ resolve, reject }: Waiting, answer: unknown): void {
  if (answer instanceof GraphError) reject(answer);
  else resolve(answer);
}
