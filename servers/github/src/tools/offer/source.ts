import type { ToolSource } from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { Selection } from "../../selection.ts";
import { USUAL_TOOLSETS } from "../../toolsets.ts";
import type { GitHubTool } from "../shared/github-tool.ts";
import { usualTools } from "../usual-tools.ts";
import { mayCall, offerTo } from "./offered.ts";

/**
 * The tools as each caller has them: by the operator's selection, its headers, its session and its token's scopes. The
 * unusual ones are read when they are wanted: every other start would pay for them.
 */
export const offeredTools: ToolSource<Deps> = {
  async list(ctx) {
    const tools = isUsual(ctx.deps.selection)
      ? usualTools
      : (await import("../all-tools.ts")).allTools;
    return tools.filter(offerTo(ctx).isListed);
  },
  // Older names can be called without being listed.
  async find(name, ctx) {
    const tool = await toolNamed(name);
    return tool && mayCall(tool, ctx) ? tool : undefined;
  },
};

function isUsual({ toolsets, tools, dynamic }: Selection): boolean {
  return !dynamic && tools.size === 0 && [...toolsets].every((name) => USUAL.has(name));
}

const USUAL: ReadonlySet<string> = new Set(USUAL_TOOLSETS);

const byName: ReadonlyMap<string, GitHubTool> = new Map(
  usualTools.map((tool) => [tool.name, tool]),
);

async function toolNamed(name: string): Promise<GitHubTool | undefined> {
  return byName.get(name) ?? (await import("../all-tools.ts")).toolNamed(name);
}
