import type { Meanings } from "./embeddings/meanings.ts";
import type { LazyStore } from "./lazy-store.ts";
import type { TransferFolder } from "./transfer/folder.ts";

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  readonly store: LazyStore;
  /** The project of calls that name none. */
  readonly project: string;
  /** Where graphs come and go as files; absent where the operator names no folder. */
  readonly folder?: TransferFolder | undefined;
  /** What texts mean; absent where the operator has no endpoint that says it. */
  readonly meanings?: Meanings | undefined;
}
