import {
  type Context,
  type Output,
  type Reply,
  type StandardSchema,
  ToolError,
  type ToolReturn,
  type ToolValue,
  tool,
} from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { Sandbox } from "../../sandbox/index.ts";
import { forModel } from "../../told.ts";

/** How a tool of this server is written: like any tool, but handed the files its caller may use. */
interface FilesTool<In extends StandardSchema, Out extends StandardSchema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: In;
  readonly output: Out;
  readonly annotations: Hints;
  run(args: Output<In>, files: Sandbox, ctx: Context<Deps>): Promise<Reply<Output<Out>>>;
}

interface Hints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
}

const NO_DIRECTORY =
  "No directory is allowed yet: start the server with one (portico-filesystem DIR), or use a client that offers its roots.";

/** Defines a tool that works on files, and whose refusals the model reads as they are. */
export function filesTool<In extends StandardSchema, Out extends StandardSchema>(
  definition: FilesTool<In, Out>,
): ToolValue<Deps> {
  return tool({
    ...definition,
    annotations: { ...definition.annotations, openWorldHint: false },
    async run(args: Output<In>, ctx: Context<Deps>) {
      try {
        const files = await ctx.deps.access.filesFor(ctx);
        if (files.roots.length === 0) throw new ToolError(NO_DIRECTORY);
        return (await definition.run(args, files, ctx)) as ToolReturn<Output<Out>>;
      } catch (error) {
        throw forModel(error);
      }
    },
  });
}
