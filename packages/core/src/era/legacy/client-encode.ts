import type { JsonObject } from "../../schema/json-schema.ts";
import type { Envelope } from "../client-era.ts";

/** Params as they are: the handshake has said the rest. */
export function encode(params: JsonObject, _envelope: Envelope): JsonObject {
  return params;
}
