import type { GoogleTool } from "../shared/google-tool.ts";

/** Tools that find and read files: of the toolset `files`. */
export const reading: readonly GoogleTool[] = [];
