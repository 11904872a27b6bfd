import {
  type Context,
  jsonSchema,
  type Output,
  type Reply,
  type Schema,
  type StandardSchema,
  type ToolReturn,
  type ToolValue,
  tool,
} from "@portico/core";
import type { Deps } from "../../deps.ts";
import { type Reach, reach } from "../../reach.ts";
import { forModel } from "../../told.ts";

/** How a tool of this server is written: like any tool, but handed the database its caller may use. */
interface DatabaseToolDefinition<In extends Schema, Out extends StandardSchema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** An object, without `database`. */
  readonly input: In;
  /** Results are text only when absent. */
  readonly output?: Out;
  readonly annotations: Hints;
  run(args: Output<In>, on: Reach, ctx: Context<Deps>): Promise<Reply<Output<Out>>>;
}

interface Hints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
}

/** A tool, once the names of the databases are known. */
export type DatabaseTool = (databases: readonly string[]) => ToolValue<Deps>;

/**
 * Defines a tool that works on a database, and whose refusals the model reads as they are. Where there are several
 * databases it has an argument `database` to choose one.
 */
export function databaseTool<In extends Schema, Out extends StandardSchema = Schema<unknown>>(
  definition: DatabaseToolDefinition<In, Out>,
): DatabaseTool {
  return (databases) =>
    tool({
      ...definition,
      input: databases.length > 1 ? choosing(definition.input, databases) : definition.input,
      annotations: { ...definition.annotations, openWorldHint: false },
      async run(args: Output<In> & { readonly database?: string }, ctx: Context<Deps>) {
        const { database, ...rest } = args;
        try {
          const answer = await definition.run(rest as Output<In>, reach(ctx, database), ctx);
          return answer as ToolReturn<Output<Out>>;
        } catch (error) {
          throw forModel(error, (rest as { sql?: string }).sql);
        }
      },
    });
}

function choosing<In extends Schema>({ json }: In, names: readonly string[]): Schema<Output<In>> {
  const database = { type: "string", enum: names, description: `Default ${names[0]}` } as const;
  return jsonSchema({ ...json, properties: { ...json.properties, database } });
}
