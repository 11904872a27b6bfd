import { type Context, type Output, type Reply, type Schema, ToolError } from "@portico/core";
import { type Catalogue, catalogueOf } from "../../catalogue/catalogue.ts";
import { CatalogueError } from "../../catalogue/error.ts";
import type { Deps } from "../../deps.ts";
import { type DatabaseTool, databaseTool } from "./database-tool.ts";

/** How a tool that only looks at the catalogue is written. */
interface CatalogueTool<In extends Schema, Out extends Schema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: In;
  readonly output: Out;
  run(args: Output<In>, catalogue: Catalogue, ctx: Context<Deps>): Promise<Reply<Output<Out>>>;
}

/** Defines a tool that reads the catalogue in one transaction. What is not there, the model is told. */
export function catalogueTool<In extends Schema, Out extends Schema>(
  definition: CatalogueTool<In, Out>,
): DatabaseTool {
  return databaseTool({
    ...definition,
    annotations: { readOnlyHint: true },
    run: (args: Output<In>, on, ctx) =>
      on
        .read(async (session) => definition.run(args, await catalogueOf(session), ctx))
        .catch((error) => {
          throw error instanceof CatalogueError ? new ToolError(error.message) : error;
        }),
  });
}
