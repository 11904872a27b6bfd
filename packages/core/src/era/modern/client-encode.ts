import { ClientCapabilities, META, project } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { Envelope } from "../client-era.ts";

/**
 * Params with the metadata every modern request carries.
 * 2026-07-28 basic/index: version and capabilities MUST, the client's name SHOULD be in each request's `_meta`.
 */
export function encode(params: JsonObject, envelope: Envelope): JsonObject {
  const { revision, info, capabilities, logLevel } = envelope;
  const own: Record<string, unknown> = {
    ...(params._meta as JsonObject | undefined),
    [META.protocolVersion]: revision,
    [META.clientInfo]: info,
    [META.clientCapabilities]: project(ClientCapabilities, revision, capabilities),
  };
  if (logLevel !== undefined) own[META.logLevel] = logLevel;
  return { ...params, _meta: own as JsonObject };
}
