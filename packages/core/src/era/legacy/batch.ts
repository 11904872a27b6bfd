import type { Revision } from "../../protocol/index.ts";

/** Most messages in one batch. */
export const MOST_IN_BATCH = 1_000;

/** True where messages may come as arrays. 2025-03-26 basic: MUST support receiving batches; no other revision has them. */
export function hasBatches(revision: Revision | undefined): boolean {
  return revision === "2025-03-26";
}
