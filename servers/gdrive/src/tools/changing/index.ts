import type { GoogleTool } from "../shared/google-tool.ts";

/** Tools that create and change files: of the toolset `files`. */
export const fileChanges: readonly GoogleTool[] = [];

/** Tools of who may see a file: of the toolset `sharing`. */
export const sharing: readonly GoogleTool[] = [];

/** Tools of what people say about a file: of the toolset `comments`. */
export const comments: readonly GoogleTool[] = [];

/** Tools of what a file was before: of the toolset `revisions`. */
export const revisions: readonly GoogleTool[] = [];
