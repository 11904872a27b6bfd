import { setTimeout as pause } from "node:timers/promises";
import type { GraphStore } from "../graph/store.ts";
import type { Scope } from "../graph/types.ts";
import type { Embed } from "./endpoint.ts";
import { vectorsOf } from "./vectors-of.ts";

/** Entities whose meaning is asked for at once. */
const BATCH = 32;

/** Milliseconds after a change before vectors are asked for, so that what is written together goes together. */
const DEBOUNCE_MS = 200;

/** The first pause after a failure, and the longest: each doubles the one before. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

/** Where the vectors come from and go to. */
export interface Work {
  readonly store: Pick<GraphStore, "putVectors" | "withoutVector">;
  readonly model: string;
  readonly embed: Embed;
  /** Hears of each request how it went: why it failed, or nothing. */
  told(failure?: unknown): void;
}

/** Asks for what entities mean after they were written. One request runs at a time, and none holds up a write. */
export class Background {
  readonly #work: Work;
  readonly #waiting = new Map<string, Scope>();
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(work: Work) {
    this.#work = work;
  }

  /** Sees to the entities of a graph that have no vector yet. */
  add(scope: Scope): void {
    if (this.#stop.signal.aborted) return;
    this.#waiting.set(JSON.stringify([scope.owner, scope.project]), scope);
    this.#running ??= this.#run();
  }

  /** Ends what runs; what has no vector yet gets it after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let wait = DEBOUNCE_MS;
    let failures = 0;
    try {
      while (this.#waiting.size > 0) {
        await pause(wait, undefined, { signal, ref: false });
        const [[key, scope]] = [...this.#waiting] as [[string, Scope]];
        this.#waiting.delete(key);
        try {
          await this.#fill(scope);
          [failures, wait] = [0, DEBOUNCE_MS];
        } catch (error) {
          signal.throwIfAborted();
          // Last in line: one graph that fails does not keep the others waiting.
          this.#waiting.set(key, scope);
          this.#work.told(error);
          wait = Math.min(FIRST_PAUSE_MS * 2 ** failures++, LONGEST_PAUSE_MS);
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#running = undefined;
    }
  }

  async #fill(scope: Scope): Promise<void> {
    const { store, model, embed } = this.#work;
    const { signal } = this.#stop;
    for (;;) {
      const entities = await store.withoutVector(scope, model, BATCH);
      if (entities.length === 0) return;
      const vectors = await vectorsOf(entities, embed, signal);
      signal.throwIfAborted();
      this.#work.told();
      const named = entities.map(({ name }, at) => ({ name, vector: vectors[at] as Float32Array }));
      await store.putVectors(scope, model, named);
    }
  }
}
