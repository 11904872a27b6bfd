import type { Selection } from "../selection.ts";
import { USUAL_TOOLSETS } from "../toolsets.ts";
import type { GitHubTool } from "./shared/github-tool.ts";
import { usualTools } from "./usual-tools.ts";

/** Every tool there is. Those of unusual toolsets are read when somebody first wants one. */
export async function everyTool(): Promise<readonly GitHubTool[]> {
  return (await import("./all-tools.ts")).allTools;
}

/** The tools among which a selection finds its own. */
export async function toolsAmong({ toolsets, tools }: Selection): Promise<readonly GitHubTool[]> {
  const usual = new Set<string>([...USUAL_TOOLSETS, "archived"]);
  const isUsual = tools.size === 0 && [...toolsets].every((toolset) => usual.has(toolset));
  return isUsual ? usualTools : everyTool();
}

/** The tool that is called `name`, whatever its toolset. */
export async function toolNamed(name: string): Promise<GitHubTool | undefined> {
  const isIt = (tool: GitHubTool) => tool.name === name;
  return usualTools.find(isIt) ?? (await everyTool()).find(isIt);
}
