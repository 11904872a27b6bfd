import type { ToolSource } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { allTools, toolNamed } from "../all-tools.ts";
import { isListed, mayCall } from "./offered.ts";

/** The tools as each caller has them: by the operator's selection, its headers, its session and its token's scopes. */
export const offeredTools: ToolSource<Deps> = {
  list: async (ctx) => allTools.filter((tool) => isListed(tool, ctx)),
  // Older names can be called without being listed.
  async find(name, ctx) {
    const tool = toolNamed(name);
    return tool && mayCall(tool, ctx) ? tool : undefined;
  },
};
