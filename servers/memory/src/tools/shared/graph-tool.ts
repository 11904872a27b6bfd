import {
  type Context,
  type Output,
  type Reply,
  type Schema,
  type StandardSchema,
  type ToolReturn,
  type ToolValue,
  tool,
} from "@portico/core";
import type { Deps } from "../../deps.ts";
import { type OpenGraph, openGraph } from "../../open-graph.ts";
import { forModel } from "../../told.ts";
import { refuseReader } from "./refuse-reader.ts";

/** What any of these tools may be asked. */
interface Arguments {
  readonly project?: string;
  readonly [other: string]: unknown;
}

/** How a tool of this server is written: like any tool, but handed the graph its caller means. */
interface GraphTool<In extends Schema<Arguments>, Out extends StandardSchema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: In;
  readonly output: Out;
  readonly annotations: Hints;
  run(
    args: Output<In>,
    graph: OpenGraph,
    ctx: Context<Deps>,
  ): Promise<Output<Out> | Reply<Output<Out>>>;
}

interface Hints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
}

/** Changes nothing. */
export const READS: Hints = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };

/** Adds; a repetition adds nothing, which the official server's annotations do not say. */
export const ADDS: Hints = { readOnlyHint: false, destructiveHint: false, idempotentHint: false };

/** Changes or ends what is there. */
export const CHANGES: Hints = { readOnlyHint: false, destructiveHint: true, idempotentHint: true };

/** Defines a tool that works on one graph, and whose refusals the model reads as they are. */
export function graphTool<In extends Schema<Arguments>, Out extends StandardSchema>(
  definition: GraphTool<In, Out>,
): ToolValue<Deps> {
  return tool({
    ...definition,
    annotations: { ...definition.annotations, openWorldHint: false },
    async run(args: Output<In>, ctx: Context<Deps>) {
      try {
        if (!definition.annotations.readOnlyHint) refuseReader(ctx);
        const { project } = args as Arguments;
        const graph = await openGraph(ctx, project);
        return (await definition.run(args, graph, ctx)) as ToolReturn<Output<Out>>;
      } catch (error) {
        throw forModel(error);
      }
    },
  });
}
