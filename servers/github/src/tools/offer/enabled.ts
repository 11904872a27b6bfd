import type { Toolset } from "../../toolsets.ts";

const NONE: ReadonlySet<Toolset> = new Set();

/** The toolsets that sessions have enabled for themselves. */
export class Enabled {
  readonly #bySession = new WeakMap<object, Set<Toolset>>();

  of(session: object): ReadonlySet<Toolset> {
    return this.#bySession.get(session) ?? NONE;
  }

  add(session: object, toolset: Toolset): void {
    const all = this.#bySession.get(session) ?? new Set();
    this.#bySession.set(session, all.add(toolset));
  }
}
