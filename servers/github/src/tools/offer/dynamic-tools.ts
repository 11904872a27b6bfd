import { type Changes, type Context, s, type ToolValue, tool } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { NAMES } from "../../selection.ts";
import { TOOLSETS, type Toolset } from "../../toolsets.ts";
import type { GitHubTool } from "../shared/github-tool.ts";
import { offerTo } from "./offered.ts";

/** Toolsets a model may enable: the older names are for programs. */
const ENABLABLE = NAMES.filter((name) => name !== "archived") as [Toolset, ...Toolset[]];

const input = s.object({ toolset: s.enum(ENABLABLE) });

/** The tools a toolset would bring to a session. */
async function available(ctx: Context<Deps>, toolset: Toolset): Promise<GitHubTool[]> {
  const { allTools } = await import("../all-tools.ts");
  const selection = { ...ctx.deps.selection, toolsets: new Set([toolset]) };
  const { mayCall } = offerTo(ctx, selection);
  return allTools.filter((tool) => tool.toolset === toolset && mayCall(tool));
}

const listToolsets = tool({
  name: "list_available_toolsets",
  description: "Groups of tools that can be enabled.",
  output: s.object({ toolsets: s.array(s.object({ name: s.string() })) }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async run(_, ctx: Context<Deps>) {
    const { selection, enabled, sessions } = ctx.deps;
    const on = new Set([...selection.toolsets, ...enabled.of(sessions.of(ctx))]);
    const found = await Promise.all(
      ENABLABLE.map(async (name) => {
        const isEmpty = (await available(ctx, name)).length === 0;
        return isEmpty ? [] : [{ name, description: TOOLSETS[name], enabled: on.has(name) }];
      }),
    );
    return { toolsets: found.flat() };
  },
});

const getTools = tool({
  name: "get_toolset_tools",
  description: "The tools of a toolset.",
  input,
  output: s.object({ tools: s.array(s.object({ name: s.string() })) }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async run({ toolset }, ctx: Context<Deps>) {
    const tools = await available(ctx, toolset);
    const told = tools.map(({ published: { name, description } }) => ({ name, description }));
    return { tools: told };
  },
});

/** The three tools that find and enable the others while a session goes on. */
export function dynamicTools(changes: Changes): ToolValue<Deps>[] {
  const enable = tool({
    name: "enable_toolset",
    description: "Offer the tools of a toolset in this session.",
    input,
    output: s.object({ enabled: s.array(s.string()) }),
    annotations: { destructiveHint: false, idempotentHint: true, openWorldHint: false },
    async run({ toolset }, ctx: Context<Deps>) {
      const { enabled, sessions } = ctx.deps;
      enabled.add(sessions.of(ctx), toolset);
      changes.listChanged("tools");
      return { enabled: (await available(ctx, toolset)).map(({ name }) => name) };
    },
  });
  return [listToolsets, getTools, enable];
}
