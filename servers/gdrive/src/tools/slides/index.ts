import type { GoogleTool } from "../shared/google-tool.ts";

/** Tools of Google's presentations: the toolset `slides`. */
export const slides: readonly GoogleTool[] = [];
