import { isObject } from "../../jsonrpc/message.ts";
import { MissingClientCapability } from "../../kernel/capability.ts";
import { type InputRequest, METHODS, project, type Revision } from "../../protocol/index.ts";
import type { JsonObject, JsonSchemaObject } from "../../schema/json-schema.ts";

/**
 * The wire form a question has in `revision`.
 * @throws {MissingClientCapability} when the revision has no way to ask it
 */
export function projectQuestion(
  request: InputRequest,
  revision: Revision,
): { method: string; params: JsonObject } {
  const params = wire(request, revision);
  const row = METHODS[request.method];
  return { method: request.method, params: project(row.params, revision, params) as JsonObject };
}

function wire(request: InputRequest, revision: Revision): JsonObject {
  const params = (request.params ?? {}) as JsonObject;
  if (request.method !== "elicitation/create") return params;
  if (params.mode === "url") {
    // 2025-11-25 client/elicitation: URL mode carries an id the server chooses.
    return { elicitationId: crypto.randomUUID(), ...params };
  }
  return revision >= "2025-11-25" ? params : { ...params, requestedSchema: plainForm(params) };
}

/** 2025-06-18 knows only single choices, their titles in `enumNames`. */
function plainForm(params: JsonObject): JsonObject {
  const form = params.requestedSchema as JsonObject;
  const properties = Object.entries((form.properties ?? {}) as JsonObject).map(
    ([name, property]) => [name, plainProperty(property as JsonSchemaObject)],
  );
  return { ...form, properties: Object.fromEntries(properties) };
}

function plainProperty(property: JsonSchemaObject): JsonSchemaObject {
  if (property.type === "array") {
    throw new MissingClientCapability(
      { elicitation: { form: {} } },
      "This asks the user to choose several of a list, which needs a client of MCP 2025-11-25 or newer.",
    );
  }
  const { oneOf, ...rest } = property;
  if (!oneOf) return property;
  const options = oneOf.filter(isObject) as JsonSchemaObject[];
  return {
    ...rest,
    enum: options.map((option) => option.const),
    enumNames: options.map((option) => option.title ?? option.const),
  };
}
