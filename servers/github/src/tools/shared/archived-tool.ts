import { type JsonObject, type Output, type Schema, type ToolValue, tool } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { annotationsOf } from "./define-github-tool.ts";
import type { Effect, GitHubTool } from "./github-tool.ts";

/** How a name only the archived server has is written. */
export interface ArchivedTool<In extends Schema> {
  readonly name: string;
  readonly description: string;
  readonly effect: Effect;
  /** The arguments the archived server took. */
  readonly input: In;
  /** The tool of today that does it. Its gates hold for this one too. */
  readonly of: GitHubTool;
  /** The arguments of today. */
  translate(args: Output<In>): JsonObject;
}

/** Defines a name of the archived server for a tool of today. It can be called always, and is listed with `archived`. */
export function archivedTool<In extends Schema>(definition: ArchivedTool<In>): GitHubTool {
  const { of, name, effect } = definition;
  let made: ToolValue<Deps> | undefined;
  const whole = () => {
    made ??= make(definition);
    return made;
  };
  const { scopes, bound } = of;
  return {
    name,
    get published() {
      return whole().published;
    },
    call: (args, ctx) => whole().call(args, ctx),
    toolset: "archived",
    effect,
    scopes,
    bound,
    stands: of,
  };
}

function make<In extends Schema>(definition: ArchivedTool<In>): ToolValue<Deps> {
  const { of, name, description, input, effect } = definition;
  const { published, call } = tool<In, Schema<unknown>, Deps>({
    name,
    description,
    input,
    annotations: annotationsOf(effect),
    run: () => undefined,
  });
  return {
    published: { ...published, outputSchema: of.published.outputSchema },
    async call(args, ctx) {
      await call(args, ctx);
      return of.call(definition.translate(args as Output<In>), ctx);
    },
  };
}
