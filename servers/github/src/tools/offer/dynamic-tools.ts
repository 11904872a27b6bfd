import { type Changes, type Context, s, type ToolValue, tool } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { NAMES } from "../../selection.ts";
import { TOOLSETS, type Toolset } from "../../toolsets.ts";
import type { GitHubTool } from "../shared/github-tool.ts";
import { mayCall } from "./offered.ts";

/** Toolsets a model may enable: the older names are for programs. */
const ENABLABLE = NAMES.filter((name) => name !== "archived") as [Toolset, ...Toolset[]];

const input = s.object({ toolset: s.enum(ENABLABLE) });

/** The three tools that find and enable the others while a session goes on. */
export function dynamicTools(tools: readonly GitHubTool[], changes: Changes): ToolValue<Deps>[] {
  const available = (ctx: Context<Deps>, toolset: Toolset) => {
    const deps = {
      ...ctx.deps,
      selection: { ...ctx.deps.selection, toolsets: new Set([toolset]) },
    };
    const asIfEnabled = { deps, header: ctx.header.bind(ctx), connection: ctx.connection };
    return tools.filter(
      (one) => one.toolset === toolset && mayCall(one, asIfEnabled as unknown as Context<Deps>),
    );
  };
  return [
    tool({
      name: "list_available_toolsets",
      description: "Groups of tools that can be enabled.",
      output: s.object({ toolsets: s.array(s.object({ name: s.string() })) }),
      annotations: { readOnlyHint: true, openWorldHint: false },
      run(_, ctx: Context<Deps>) {
        const { selection, enabled, sessions } = ctx.deps;
        const on = enabled.of(sessions.of(ctx));
        const toolsets = ENABLABLE.filter((name) => available(ctx, name).length > 0).map(
          (name) => ({
            name,
            description: TOOLSETS[name],
            enabled: selection.toolsets.has(name) || on.has(name),
          }),
        );
        return { toolsets };
      },
    }),
    tool({
      name: "get_toolset_tools",
      description: "The tools of a toolset.",
      input,
      output: s.object({ tools: s.array(s.object({ name: s.string() })) }),
      annotations: { readOnlyHint: true, openWorldHint: false },
      run({ toolset }, ctx: Context<Deps>) {
        const all = available(ctx, toolset).map(({ published: { name, description } }) => ({
          name,
          description,
        }));
        return { tools: all };
      },
    }),
    tool({
      name: "enable_toolset",
      description: "Offer the tools of a toolset in this session.",
      input,
      output: s.object({ enabled: s.array(s.string()) }),
      annotations: { destructiveHint: false, idempotentHint: true, openWorldHint: false },
      run({ toolset }, ctx: Context<Deps>) {
        const { enabled, sessions } = ctx.deps;
        enabled.add(sessions.of(ctx), toolset);
        changes.listChanged("tools");
        return { enabled: available(ctx, toolset).map(({ name }) => name) };
      },
    }),
  ];
}
