import { invalidParams } from "../jsonrpc/rpc-error.ts";
import { METHODS, REVISIONS, type RequestRow, request } from "../protocol/index.ts";
import type { Revision } from "../protocol/revisions.ts";
import { jsonSchema } from "../schema/build.ts";
import { type Bridged, bridge } from "../schema/from-standard.ts";
import type { JsonObject, JsonSchemaObject } from "../schema/json-schema.ts";
import type { Output, Schema, StandardSchema } from "../schema/standard.ts";
import type { Context } from "./context.ts";
import { type Feature, withContext } from "./feature.ts";

/** How an author adds a method the protocol does not have. */
export interface MethodDefinition<P extends StandardSchema, R extends StandardSchema, Deps> {
  /** With a prefix of your own, such as `acme/reindex`. */
  readonly method: string;
  readonly params: P;
  readonly result: R;
  /** The first revision that has it. Default: the oldest. */
  readonly since?: Revision;
  /** Whether its handler may ask the client something. Default false. */
  readonly mayAskForInput?: boolean;
  run(params: Output<P>, ctx: Context<Deps>): Output<R> | Promise<Output<R>>;
}

/** A method of one's own as a value: its row in the registry, and its handler. */
export interface CustomMethod<Deps = unknown> {
  readonly row: RequestRow;
  run(params: JsonObject, ctx: Context<Deps>): Promise<object>;
}

/** What the protocol puts beside the fields of a method's own params. */
const PROTOCOL_FIELDS = ["_meta", "inputResponses", "requestState"] as const;

/**
 * Defines a method of your own, or of an extension.
 * @throws {TypeError} when the protocol has a method of that name, or a schema has no JSON Schema form
 */
export function method<P extends StandardSchema, R extends StandardSchema, Deps = unknown>(
  definition: MethodDefinition<P, R, Deps>,
): CustomMethod<Deps> {
  const { method: name, since = REVISIONS[0], mayAskForInput } = definition;
  if (Object.hasOwn(METHODS, name)) {
    throw new TypeError(`The protocol itself has a method ${name}; give yours a name of its own.`);
  }
  const params = bridge(definition.params, `the params of ${name}`, "input");
  const result = bridge(definition.result, `the result of ${name}`, "output");
  return {
    row: request(name, {
      since,
      from: "client",
      params: withProtocolFields(params.json),
      result: jsonSchema(result.json),
      ...(mayAskForInput && { mayAskForInput }),
    }),
    async run(given, ctx) {
      const value = await definition.run((await readParams(params, given)) as Output<P>, ctx);
      const checked = await result.check(value);
      if (!checked.issues) return value as object;
      throw new TypeError(`${name} returned what its result schema forbids: ${checked.message}`);
    },
  };
}

/** A schema that is closed stays closed, but for what every request may carry. */
function withProtocolFields(json: JsonSchemaObject): Schema {
  const open = Object.fromEntries(PROTOCOL_FIELDS.map((name) => [name, true]));
  return jsonSchema({ ...json, properties: { ...open, ...json.properties } });
}

async function readParams(params: Bridged, given: JsonObject): Promise<unknown> {
  const own = Object.entries(given).filter(([name]) => !isProtocolField(name));
  const checked = await params.check(Object.fromEntries(own));
  if (checked.issues) throw invalidParams(`Invalid params: ${checked.message}`);
  return checked.value;
}

function isProtocolField(name: string): boolean {
  return (PROTOCOL_FIELDS as readonly string[]).includes(name);
}

/**
 * Offers methods of one's own.
 * @throws {TypeError} when two have the same name
 */
export function methodsFeature<Deps>(deps: Deps, methods: readonly CustomMethod<Deps>[]): Feature {
  const handlers = methods.map(
    (one) => [one.row.method, withContext(deps, (ctx, call) => one.run(call.params, ctx))] as const,
  );
  if (new Set(handlers.map(([name]) => name)).size < handlers.length) {
    throw new TypeError("Two methods have the same name; names must be unique in a server.");
  }
  return { capabilities: {}, handlers: Object.fromEntries(handlers) };
}
