import type { Context } from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { Selection } from "../../selection.ts";
import type { GitHubTool } from "../shared/github-tool.ts";
import { askedFor } from "./caller.ts";
import { lacksScope } from "./scopes.ts";

/** What one caller is offered. */
export interface Offer {
  /** Whether the caller may use a tool, listed or not. */
  mayCall(tool: GitHubTool): boolean;
  /** Whether it is shown. */
  isListed(tool: GitHubTool): boolean;
}

/**
 * What the caller is offered by the selection and, within it, by its own headers. What cannot work with the token is not
 * listed; seldom needed tools and older names are where they were named.
 * @param selection the operator's, when absent
 */
export function offerTo(ctx: Context<Deps>, selection: Selection = ctx.deps.selection): Offer {
  const { allowed, enabled, granted, sessions } = ctx.deps;
  const asked = askedFor(ctx);
  const toolsets = enabled.of(sessions.of(ctx));
  const dynamic = selection.dynamic ? { ...selection, toolsets } : undefined;
  const mayCall = (tool: GitHubTool) => {
    if (allowed.isOn && tool.bound === "outside") return false;
    if (asked && !selects(asked, tool)) return false;
    return selects(selection, tool) || (dynamic !== undefined && selects(dynamic, tool));
  };
  const isNamed = ({ name, toolset }: GitHubTool) =>
    selection.tools.has(name) || selection.named.has(toolset) || toolsets.has(toolset);
  return {
    mayCall,
    isListed(tool) {
      if (!mayCall(tool) || lacksScope(tool, granted) !== undefined) return false;
      return (!tool.isRare && !tool.stands) || isNamed(tool);
    },
  };
}

/** Whether the caller may use one tool. */
export function mayCall(tool: GitHubTool, ctx: Context<Deps>): boolean {
  return offerTo(ctx).mayCall(tool);
}

/** GH4: an older name is judged by the tool it stands for, and by its own. */
function selects(selection: Selection, tool: GitHubTool): boolean {
  const { toolsets, tools, excluded, readOnly } = selection;
  const names = tool.stands ? [tool.name, tool.stands.name] : [tool.name];
  if (names.some((name) => excluded.has(name))) return false;
  if (readOnly && tool.effect !== "reads") return false;
  if (names.some((name) => tools.has(name)) || toolsets.has(tool.toolset)) return true;
  return tool.stands !== undefined && toolsets.has(tool.stands.toolset);
}
