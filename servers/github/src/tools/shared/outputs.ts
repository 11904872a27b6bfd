import { jsonSchema, type Schema } from "@portico/core";

/** An object with whatever GitHub says of the thing: what every tool that shows one thing answers. */
export const thing: Schema<object> = jsonSchema({ type: "object" });

/**
 * An object with a list of such under `name`, and beside it what is needed to go on: `next_page` or `next_cursor`,
 * `total_count`, and `left_out`, how many had no room.
 */
export function listUnder(name: string): Schema<object> {
  return jsonSchema({ type: "object", properties: { [name]: { type: "array" } } });
}
