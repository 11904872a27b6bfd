import type { GoogleTool } from "../shared/google-tool.ts";

/** Tools of Google's spreadsheets: the toolset `sheets`. */
export const sheets: readonly GoogleTool[] = [];
