import { type RequestRow, request } from "../protocol/index.ts";
import type { Revision } from "../protocol/revisions.ts";
import { jsonSchema } from "../schema/build.ts";
import { bridge } from "../schema/from-standard.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Output, StandardSchema } from "../schema/standard.ts";
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

/** Defines a method of your own, or of an extension. */
export function method<P extends StandardSchema, R extends StandardSchema, Deps = unknown>(
  definition: MethodDefinition<P, R, Deps>,
): CustomMethod<Deps> {
  const { method: name, since = "2024-11-05", mayAskForInput } = definition;
  const params = bridge(definition.params, `the params of ${name}`, "input");
  const result = bridge(definition.result, `the result of ${name}`, "output");
  return {
    row: request(name, {
      since,
      from: "client",
      params: jsonSchema(params.json),
      result: jsonSchema(result.json),
      ...(mayAskForInput && { mayAskForInput }),
    }),
    run: async (given, ctx) => (await definition.run(given as Output<P>, ctx)) as object,
  };
}

/** Offers methods of one's own. */
export function methodsFeature<Deps>(deps: Deps, methods: readonly CustomMethod<Deps>[]): Feature {
  return {
    capabilities: {},
    handlers: Object.fromEntries(
      methods.map((one) => [
        one.row.method,
        withContext(deps, (ctx, call) => one.run(call.params, ctx)),
      ]),
    ),
  };
}
