import {
  type Context,
  type Output,
  type Reply,
  type StandardSchema,
  ToolError,
  type ToolValue,
  tool,
} from "@portico/core";
import type { Deps } from "./deps.ts";
import { type Sandbox, SandboxError } from "./sandbox/index.ts";
import { SearchError } from "./search/error.ts";
import { TextError } from "./text/error.ts";

/** How a tool of this server is written: like any tool, but handed the sandbox its caller may use. */
interface FilesTool<In extends StandardSchema, Out extends StandardSchema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: In;
  readonly output: Out;
  readonly annotations: { readonly [Hint in Hints]?: boolean };
  run(
    args: Output<In>,
    files: Sandbox,
    ctx: Context<Deps>,
  ): Promise<Output<Out> | Reply<Output<Out>>>;
}

type Hints = "readOnlyHint" | "destructiveHint" | "idempotentHint";

/** Defines a tool that works on files, and whose refusals the model reads as they are. */
export function filesTool<In extends StandardSchema, Out extends StandardSchema>(
  definition: FilesTool<In, Out>,
): ToolValue<Deps> {
  return tool({
    ...definition,
    annotations: { ...definition.annotations, openWorldHint: false },
    async run(args: Output<In>, ctx: Context<Deps>) {
      try {
        const files = await ctx.deps.filesFor(ctx);
        return (await definition.run(args, files, ctx)) as never;
      } catch (error) {
        throw forModel(error);
      }
    },
  });
}

/** Refusals of the domain are told to the model; everything else is passed on. */
export function forModel(error: unknown): unknown {
  const refused =
    error instanceof SandboxError || error instanceof TextError || error instanceof SearchError;
  return refused ? new ToolError(error.message) : error;
}
