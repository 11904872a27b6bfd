import type { Revision } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { Envelope } from "../client-era.ts";

/** Params as they are: the handshake has said the rest. */
export function encode(params: JsonObject, _envelope: Envelope): JsonObject {
  return params;
}

/** 2025-03-26 basic/index: receiving batches MUST be supported; no other revision has them. */
export function hasBatches(revision: Revision): boolean {
  return revision === "2025-03-26";
}
