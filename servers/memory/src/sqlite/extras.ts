import { parseExactly } from "../graph/exact-json.ts";
import type { Extras } from "../graph/types.ts";

/** Unknown fields as they are stored. */
export function extrasColumn(extras: Extras | undefined): string | null {
  return extras === undefined ? null : JSON.stringify(extras);
}

/** Unknown fields as they are read. */
export function extrasOf(column: string | null): Extras | undefined {
  return column === null ? undefined : (parseExactly(column) as Extras);
}
