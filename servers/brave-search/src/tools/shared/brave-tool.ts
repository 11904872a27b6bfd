import {
  type Context,
  type Output,
  Reply,
  type Schema,
  ToolError,
  type ToolReturn,
  type ToolValue,
  text,
  tool,
} from "@portico/core";
import { RemoteError, untrusted } from "@portico/remote-api";
import type { Brave } from "../../brave/client.ts";
import { BraveError } from "../../brave/error.ts";
import type { Deps } from "../../deps.ts";

/** What a search came to: as text for the model, and as data. */
export interface Answer<T> {
  readonly text: string;
  readonly data: T;
}

/** How a tool of this server is written: like any tool, but handed Brave's API. */
interface BraveTool<In extends Schema, Out extends Schema> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: In;
  readonly output: Out;
  run(args: Output<In>, brave: Brave, signal: AbortSignal): Promise<Answer<Output<Out>>>;
}

/** Defines a tool that asks Brave, whose refusals the model reads as they are, and whose answers are others' words. */
export function braveTool<In extends Schema, Out extends Schema>(
  definition: BraveTool<In, Out>,
): ToolValue<Deps> {
  return tool({
    ...definition,
    annotations: { readOnlyHint: true, openWorldHint: true },
    async run(args: Output<In>, { deps, signal }: Context<Deps>) {
      try {
        const answer = await definition.run(args, deps.brave, signal);
        const blocks = [text(answer.text), text(untrusted("pages Brave Search found"))];
        return new Reply(blocks, answer.data) as ToolReturn<Output<Out>>;
      } catch (error) {
        throw error instanceof BraveError || error instanceof RemoteError
          ? new ToolError(error.message)
          : error;
      }
    },
  });
}
