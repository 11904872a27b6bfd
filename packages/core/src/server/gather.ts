import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { Page } from "../kernel/cursor.ts";
import type { JsonValue } from "../schema/json-schema.ts";
import { PAGE_SIZE } from "./paging.ts";

/** Which of several lists a reader has got to, and where within it. */
type Position = readonly [list: number, within: JsonValue | undefined];

/** One of several lists that are read as one; nothing where it has no items at all. */
type List<T> = (position?: JsonValue) => Promise<Page<T> | undefined> | undefined;

/**
 * Fills one page from lists in turn; one that pages by itself ends the page.
 * @param start the `next` of the page before
 * @throws {RpcError} -32602 when `start` is not one of ours
 */
export async function gather<T>(
  lists: readonly List<T>[],
  start: JsonValue | undefined,
): Promise<Page<T>> {
  const [first, begin] = positionOf(start);
  const items: T[] = [];
  let within = begin;
  for (let at = first; at < lists.length; at++) {
    if (items.length >= PAGE_SIZE) return { items, next: [at, null] };
    const page = await lists[at]?.(within);
    within = undefined;
    if (!page) continue;
    items.push(...page.items);
    if (page.next !== undefined) return { items, next: [at, page.next] };
  }
  return { items };
}

function positionOf(value: JsonValue | undefined): Position {
  if (value === undefined) return [0, undefined];
  if (!Array.isArray(value) || typeof value[0] !== "number") {
    throw invalidParams("Invalid cursor: start again without one.");
  }
  return [value[0], value[1] ?? undefined];
}
