import type { ToolSource } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { toolNamed, toolsAmong } from "../toolbox.ts";
import { isListed, mayCall } from "./offered.ts";

/** The tools as each caller has them: by the operator's selection, its headers, its session and its token's scopes. */
export const offeredTools: ToolSource<Deps> = {
  async list(ctx) {
    const { selection, enabled, sessions } = ctx.deps;
    const toolsets = new Set([...selection.toolsets, ...enabled.of(sessions.of(ctx))]);
    const tools = await toolsAmong({ ...selection, toolsets });
    return tools.filter((tool) => isListed(tool, ctx));
  },
  // Older names can be called without being listed.
  async find(name, ctx) {
    const tool = await toolNamed(name);
    return tool && mayCall(tool, ctx) ? tool : undefined;
  },
};
