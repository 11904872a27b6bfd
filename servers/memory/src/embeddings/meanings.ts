import type { GraphStore } from "../graph/store.ts";
import type { Meaning, Scope } from "../graph/types.ts";
import { Background } from "./background.ts";
import type { Embed } from "./endpoint.ts";

/** Queries whose meaning is remembered: pages of one search must be ranked alike. */
const REMEMBERED = 100;

/** Milliseconds after a failure in which searches do not wait for the service again. */
const REST_MS = 30_000;

/** Who says what texts mean. */
export interface Embedder {
  readonly model: string;
  /** For texts of entities, which have time. */
  readonly patient: Embed;
  /** For queries, for which somebody waits. */
  readonly quick: Embed;
  /** Takes the reason when the service is found not to answer, and nothing once it does again. */
  told(failure: unknown): void;
}

/** What texts mean: of entities in the background, after they were written, and of queries when they are searched for. */
export class Meanings {
  readonly #embedder: Embedder;
  readonly #queries = new Map<string, Meaning>();
  #restsUntil = 0;
  #isFailing = false;
  #background: Background | undefined;
  #unwatch: (() => void) | undefined;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** Begins with the graph that is used first, and goes on with whatever is changed. */
  attach(store: GraphStore, first: Scope): void {
    const { model, patient: embed } = this.#embedder;
    const told = (failure?: unknown) => this.#note(failure);
    const background = new Background({ store, model, embed, told });
    this.#background = background;
    this.#unwatch = store.watch(({ scope }) => background.add(scope));
    background.add(first);
  }

  /** What a query means; nothing while the service does not say. */
  async of(query: string, scope: Scope, signal: AbortSignal): Promise<Meaning | undefined> {
    // A graph that nobody changes since is seen to as well.
    this.#background?.add(scope);
    const known = this.#queries.get(query);
    if (known || Date.now() < this.#restsUntil) return known;
    try {
      const [values] = await this.#embedder.quick([query], signal);
      const meaning = { model: this.#embedder.model, values: values as Float32Array };
      if (this.#queries.size >= REMEMBERED) this.#queries.clear();
      this.#queries.set(query, meaning);
      this.#note();
      return meaning;
    } catch (error) {
      signal.throwIfAborted();
      this.#note(error);
      return undefined;
    }
  }

  /** What one request tells of the service holds for all. */
  #note(failure?: unknown): void {
    const isFailing = failure !== undefined;
    this.#restsUntil = isFailing ? Date.now() + REST_MS : 0;
    if (isFailing !== this.#isFailing) this.#embedder.told(failure);
    this.#isFailing = isFailing;
  }

  /** Stops. */
  async close(): Promise<void> {
    this.#unwatch?.();
    await this.#background?.close();
  }
}
