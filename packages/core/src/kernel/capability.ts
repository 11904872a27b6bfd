import { isObject } from "../jsonrpc/message.ts";
import { RpcError } from "../jsonrpc/rpc-error.ts";
import { type ClientCapabilities, MCP_ERROR } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";

/** The part of the client's capabilities that something needs, as `{ sampling: { tools: {} } }`. */
export type RequiredCapability = ClientCapabilities;

/** The client did not declare what the call needs (basic/index: -32021, data.requiredCapabilities). */
export class MissingClientCapability extends RpcError {
  readonly required: RequiredCapability;

  /** @param message for when the capability's name alone would not tell what to do */
  constructor(required: RequiredCapability, message?: string) {
    super(
      MCP_ERROR.missingRequiredClientCapability,
      message ?? `This needs a client that supports ${paths(required as JsonObject).join(", ")}.`,
      { requiredCapabilities: required as JsonObject },
    );
    this.required = required;
  }
}

/** True when `declared` has every key that `required` has, at every level. */
export function supports(declared: ClientCapabilities, required: RequiredCapability): boolean {
  return covers(declared as JsonObject, required as JsonObject);
}

function covers(declared: JsonObject, required: JsonObject): boolean {
  return Object.entries(required).every(([key, inner]) => {
    const own = Object.hasOwn(declared, key) ? declared[key] : undefined;
    return isObject(own) && (!isObject(inner) || covers(own, inner));
  });
}

function paths(required: JsonObject): string[] {
  return Object.entries(required).flatMap(([key, inner]) => {
    const below = isObject(inner) ? paths(inner) : [];
    return below.length > 0 ? below.map((path) => `${key}.${path}`) : [key];
  });
}
