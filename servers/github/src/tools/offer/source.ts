import type { ToolSource } from "@portico/core";
import type { Deps } from "../../deps.ts";
import type { GitHubTool } from "../shared/github-tool.ts";
import { isListed, mayCall } from "./offered.ts";

/** The tools as each caller has them: by the operator's selection, its headers, its session and its token's scopes. */
export function toolSource(tools: readonly GitHubTool[]): ToolSource<Deps> {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  return {
    list: async (ctx) => tools.filter((tool) => isListed(tool, ctx)),
    // Older names can be called without being listed.
    async find(name, ctx) {
      const tool = byName.get(name);
      return tool && mayCall(tool, ctx) ? tool : undefined;
    },
  };
}
