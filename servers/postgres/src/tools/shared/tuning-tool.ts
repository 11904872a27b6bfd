import { type Context, type Output, type Reply, type Schema, ToolError } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { type Inspection, inspect, limitStatements } from "../../tuning/inspection.ts";
import { NoStatistics } from "../../tuning/statements/statistics.ts";
import { type DatabaseTool, databaseTool } from "./database-tool.ts";

/** How a tool is written that looks into the server's own books. */
interface TuningToolDefinition<In extends Schema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: In;
  run(args: Output<In>, on: Inspection, ctx: Context<Deps>): Promise<Reply<unknown>>;
}

/** Defines a tool that looks at how a database is doing and changes nothing. */
export function tuningTool<In extends Schema>(definition: TuningToolDefinition<In>): DatabaseTool {
  return databaseTool({
    ...definition,
    annotations: { readOnlyHint: true },
    run: (args, { read }, ctx) =>
      read(async (session) => {
        await limitStatements(session);
        try {
          return await definition.run(args, await inspect(session), ctx);
        } catch (error) {
          throw error instanceof NoStatistics ? new ToolError(error.message) : error;
        }
      }),
  });
}
