import type { LazyStore } from "./lazy-store.ts";

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  readonly store: LazyStore;
  /** The project of calls that name none. */
  readonly project: string;
}
