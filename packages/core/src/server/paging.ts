import { invalidParams } from "../jsonrpc/rpc-error.ts";
import { lasting } from "../jsonrpc/text.ts";
import type { Call } from "../kernel/call.ts";
import { openCursor, sealCursor } from "../kernel/cursor.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Runtime } from "./feature.ts";

/** Most entries of a list in one answer. */
export const PAGE_SIZE = 500;

/**
 * The page of a whole list that `call` asks for, under the field `name`.
 * @param all may be other entries the next time, but none of them ever changes
 */
export async function pageOf(
  all: readonly object[],
  name: string,
  call: Call,
  { sealer }: Runtime,
): Promise<JsonObject> {
  const start = (await openCursor(sealer, call)) ?? 0;
  if (typeof start !== "number") throw invalidParams("Invalid cursor: start again without one.");
  const end = start + PAGE_SIZE;
  if (start === 0 && end >= all.length) return onlyPage(all, name);
  const cursor = await sealCursor(sealer, call, end < all.length ? end : undefined);
  return { [name]: all.slice(start, end), ...cursor } as JsonObject;
}

/** The last list that was one page only, by its first entry. */
const pages = new WeakMap<object, JsonObject>();

/** A list of one page: while its entries are those of the last time, the same result, which lasts. */
export function onlyPage(all: readonly object[], name: string): JsonObject {
  const [first] = all;
  if (first === undefined) return { [name]: [] };
  const last = pages.get(first);
  if (last && hasSame(last[name], all)) return last;
  const page = lasting({ [name]: Object.freeze([...all]) } as unknown as JsonObject);
  pages.set(first, page);
  return page;
}

function hasSame(entries: unknown, all: readonly object[]): boolean {
  if (!Array.isArray(entries) || entries.length !== all.length) return false;
  return all.every((one, at) => one === entries[at]);
}
