import { type Check, compile, compileLazily } from "../schema/compile.ts";
import type { Schema } from "../schema/standard.ts";
import { schemaFor } from "./derive.ts";
import type { Revision } from "./revisions.ts";

/**
 * Says what is wrong with a value of `schema` as `revision` has it. Most messages touch little of what their shape can hold,
 * and a start sends two or three: of our own shapes, the rest is never compiled.
 * @throws {RangeError} when `revision` does not have it
 */
export function checkFor(schema: Pick<Schema, "json">, revision: Revision): Check {
  const document = schemaFor(schema, revision);
  // What brings its own definitions is an author's.
  return document === schema.json ? compile(document) : compileLazily(document);
}
