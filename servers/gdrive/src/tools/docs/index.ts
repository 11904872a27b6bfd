import type { GoogleTool } from "../shared/google-tool.ts";

/** Tools of Google's documents: the toolset `docs`. */
export const docs: readonly GoogleTool[] = [];
