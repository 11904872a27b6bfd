import {
  Annotations,
  iconFields,
  namedFields,
  Result,
  type Revision,
  requestFields,
  retryFields,
  schemaFor,
  taskFields,
} from "../../src/protocol/index.ts";
import { s } from "../../src/schema/build.ts";
import type { Schema } from "../../src/schema/standard.ts";
import type { Definitions } from "./differences.ts";

/**
 * The types the official sources extend, which their schemas list although nothing on the wire is
 * just that. Ours are groups of fields; here each group is made the definition it corresponds to.
 */
const bases: Record<string, Schema> = {
  Annotated: s.object({ annotations: s.optional(Annotations) }),
  BaseMetadata: s.object(namedFields),
  EmptyResult: Result,
  Icons: s.object(iconFields),
  InputResponseRequestParams: s.object({ ...requestFields, ...retryFields }),
  ResourceRequestParams: s.object({ ...requestFields, uri: s.string({ format: "uri" }) }),
  TaskAugmentedRequestParams: s.object({ ...requestFields, ...taskFields }),
};

/** The bases that the official schema of `revision` lists. */
export function basesOf(revision: Revision, official: Definitions): Definitions {
  const listed = Object.entries(bases).filter(([name]) => name in official);
  return Object.fromEntries(listed.map(([name, base]) => [name, schemaFor(base, revision)]));
}
