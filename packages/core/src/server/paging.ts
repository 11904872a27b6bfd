import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import { openCursor, sealCursor } from "../kernel/cursor.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Runtime } from "./feature.ts";

/** Most entries of a list in one answer. */
export const PAGE_SIZE = 500;

/** The page of a whole list that `call` asks for, under the field `name`. */
export async function pageOf(
  all: readonly object[],
  name: string,
  call: Call,
  { sealer }: Runtime,
): Promise<JsonObject> {
  const start = (await openCursor(sealer, call)) ?? 0;
  if (typeof start !== "number") throw invalidParams("Invalid cursor: start again without one.");
  const end = start + PAGE_SIZE;
  const cursor = await sealCursor(sealer, call, end < all.length ? end : undefined);
  const items = start === 0 && end >= all.length ? all : all.slice(start, end);
  return { [name]: items, ...cursor } as JsonObject;
}
