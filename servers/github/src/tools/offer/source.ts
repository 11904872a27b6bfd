import type { ToolSource } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { allTools, toolNamed } from "../all-tools.ts";
import { mayCall, offerTo } from "./offered.ts";

/** The tools as each caller has them: by the operator's selection, its headers, its session and its token's scopes. */
export const offeredTools: ToolSource<Deps> = {
  list: async (ctx) => allTools.filter(offerTo(ctx).isListed),
  // Older names can be called without being listed.
  async find(name, ctx) {
    const tool = toolNamed(name);
    return tool && mayCall(tool, ctx) ? tool : undefined;
  },
};
