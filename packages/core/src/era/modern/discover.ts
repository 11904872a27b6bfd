import type { JsonObject } from "../../schema/json-schema.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { SUPPORTED } from "./decode.ts";

/** What `server/discover` answers: the revisions spoken and what is offered (server/discover). */
export function discover({ capabilities, instructions }: ServerDefinition): JsonObject {
  return {
    supportedVersions: SUPPORTED,
    capabilities: capabilities as JsonObject,
    ...(instructions !== undefined && { instructions }),
  };
}
