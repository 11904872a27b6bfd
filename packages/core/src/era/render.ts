import { isLasting, lasting } from "../jsonrpc/text.ts";
import type { Revision } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { ServerDefinition } from "../server/definition.ts";

type Rendered = WeakMap<JsonObject, Map<Revision, JsonObject>>;

const byDefinition = new WeakMap<ServerDefinition, Rendered>();

/**
 * What `result` is on the wire of one revision: what `make` makes of it, and of a result that lasts only once.
 * @param make depends on nothing but the result, the definition and the revision
 */
export function render(
  result: JsonObject,
  definition: ServerDefinition,
  revision: Revision,
  make: () => JsonObject,
): JsonObject {
  if (!isLasting(result)) return make();
  const rendered: Rendered = byDefinition.get(definition) ?? new WeakMap();
  byDefinition.set(definition, rendered);
  const byRevision = rendered.get(result) ?? new Map<Revision, JsonObject>();
  rendered.set(result, byRevision);
  const made = byRevision.get(revision) ?? lasting(make());
  byRevision.set(revision, made);
  return made;
}
