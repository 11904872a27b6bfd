import type { Context } from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { Selection } from "../../selection.ts";
import type { GitHubTool } from "../shared/github-tool.ts";
import { askedFor } from "./caller.ts";
import { lacksScope } from "./scopes.ts";

/**
 * Whether a caller may use a tool, listed or not: the selection, and within it the caller's headers.
 * @param selection the operator's, when absent
 */
export function mayCall(
  tool: GitHubTool,
  ctx: Context<Deps>,
  selection: Selection = ctx.deps.selection,
): boolean {
  const { allowed, enabled, sessions } = ctx.deps;
  if (allowed.isOn && tool.bound === "outside") return false;
  const asked = askedFor(ctx);
  if (asked && !selects(asked, tool)) return false;
  if (selects(selection, tool)) return true;
  const toolsets = enabled.of(sessions.of(ctx));
  return selection.dynamic && selects({ ...selection, toolsets }, tool);
}

/** Whether it is shown. What cannot work with the token is not; seldom needed ones and older names are where they were named. */
export function isListed(tool: GitHubTool, ctx: Context<Deps>): boolean {
  if (!mayCall(tool, ctx) || lacksScope(tool, ctx.deps.granted) !== undefined) return false;
  const { selection, enabled, sessions } = ctx.deps;
  if (selection.tools.has(tool.name) || selection.named.has(tool.toolset)) return true;
  if (enabled.of(sessions.of(ctx)).has(tool.toolset)) return true;
  return !tool.isRare && !tool.stands;
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
