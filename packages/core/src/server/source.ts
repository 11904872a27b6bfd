import type { Asking } from "../kernel/ask.ts";
import type { Call } from "../kernel/call.ts";
import type { ChangeFeed } from "../kernel/changes.ts";
import type { ServerCapabilities } from "../protocol/index.ts";
import type { CacheHints } from "./cache-hints.ts";
import type { Handler } from "./feature.ts";

/** Stops watching a resource. */
export type Unwatch = () => void;

/**
 * Something that lists and calls: a server definition, a connected client (`clientSource`), or either of them
 * mounted under a name. Like a definition it is a value, and serves any number of callers at once.
 */
export interface Source {
  /** What it offers, and which of its lists may change. */
  readonly capabilities: ServerCapabilities;
  /** How each method it has is answered. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Where it says what changed. */
  readonly changes: ChangeFeed;
  /** How long its answers may be kept. */
  readonly cache: CacheHints;
  /**
   * Watches a resource for the caller of `call`; nothing when it cannot be watched, though announced changes
   * still arrive.
   * @param asking the run in which the caller may be asked something
   * @throws {RpcError} what there is against this caller hearing of it
   */
  watch(uri: string, changed: () => void, call: Call, asking: Asking): Promise<Unwatch | undefined>;
  /** Frees what it holds. */
  close(): Promise<void>;
}
