import {
  type Context,
  type Output,
  type Reply,
  type Schema,
  type StandardSchema,
  ToolError,
} from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { Reach } from "../../reach.ts";
import type { Inspection } from "../../tuning/inspection.ts";
import { type DatabaseTool, databaseTool } from "./database-tool.ts";

/** What a tool works with that looks into the server's own books. */
export interface Looking {
  readonly ctx: Context<Deps>;
  readonly on: Reach;
}

/** How such a tool is written. */
interface TuningToolDefinition<In extends Schema, Out extends StandardSchema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: In;
  readonly output: Out;
  run(args: Output<In>, inspection: Inspection, looking: Looking): Promise<Reply<Output<Out>>>;
}

/** Defines a tool that looks at how a database is doing and changes nothing. */
export function tuningTool<In extends Schema, Out extends StandardSchema>(
  definition: TuningToolDefinition<In, Out>,
): DatabaseTool {
  return databaseTool({
    ...definition,
    annotations: { readOnlyHint: true },
    run: (args, on, ctx) =>
      on.read(async (session) => {
        const { inspect, limitStatements, NoStatistics } = await import("../../tuning/index.ts");
        await limitStatements(session);
        try {
          return await definition.run(args, await inspect(session), { on, ctx });
        } catch (error) {
          throw error instanceof NoStatistics ? new ToolError(error.message) : error;
        }
      }),
  });
}
