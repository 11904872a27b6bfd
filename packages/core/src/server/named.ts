import type { Context } from "./context.ts";

/** Anything a client knows by its name. */
export interface Nameable {
  readonly published: { readonly name: string };
}

/** Computes some of them for each call: they differ by caller, or come and go. */
export interface NamedSource<One extends Nameable, Deps = unknown> {
  list(ctx: Context<Deps>): Promise<readonly One[]>;
  /**
   * The one that is called `name`, where this caller has it. Given, it decides alone, so that a name may be known
   * without being listed; otherwise the list is looked through.
   */
  find?(name: string, ctx: Context<Deps>): Promise<One | undefined>;
}

/** What a server has under names: some for everybody, and what sources have for each caller. */
export class Named<One extends Nameable, Deps> {
  readonly #fixed = new Map<string, One>();
  readonly #sources: readonly NamedSource<One, Deps>[];

  /**
   * @param kind what they are, for the error
   * @throws {TypeError} when two that everybody has share a name
   */
  constructor(kind: string, given: readonly (One | NamedSource<One, Deps>)[]) {
    this.#sources = given.filter((one) => !isFixed(one)) as NamedSource<One, Deps>[];
    for (const one of given) {
      if (!isFixed(one)) continue;
      const { name } = one.published;
      if (this.#fixed.has(name)) {
        throw new TypeError(`Two ${kind} are called "${name}"; names must be unique in a server.`);
      }
      this.#fixed.set(name, one);
    }
  }

  /** True when every caller finds the same at all times. */
  get isFixed(): boolean {
    return this.#sources.length === 0;
  }

  /** Those everybody has. */
  get fixed(): readonly One[] {
    return [...this.#fixed.values()];
  }

  /** The one that is called `name`, where this caller has it. There is only something to wait for with sources. */
  find(name: string, ctx: Context<Deps>): One | undefined | Promise<One | undefined> {
    const known = this.#fixed.get(name);
    if (known || this.isFixed) return known;
    return this.#findComputed(name, ctx);
  }

  /** What is published of all this caller has. The first of a name wins, as in {@link Named.find}. */
  async list(ctx: Context<Deps>): Promise<One["published"][]> {
    const byName = new Map(this.#fixed);
    for (const one of await this.#computed(ctx)) {
      if (!byName.has(one.published.name)) byName.set(one.published.name, one);
    }
    return [...byName.values()].map(({ published }) => published);
  }

  async #findComputed(name: string, ctx: Context<Deps>): Promise<One | undefined> {
    const found = this.#sources.map(async (source) => {
      if (source.find) return source.find(name, ctx);
      return (await source.list(ctx)).find(({ published }) => published.name === name);
    });
    return (await Promise.all(found)).find((one) => one !== undefined);
  }

  async #computed(ctx: Context<Deps>): Promise<One[]> {
    return (await Promise.all(this.#sources.map((source) => source.list(ctx)))).flat();
  }
}

/** True for what everybody has; a source decides for each caller. */
export function isFixed<One extends Nameable>(one: One | NamedSource<One, never>): one is One {
  return "published" in one;
}
