// Everything that walks and searches directories, behind one door: whoever opens it, opens it when there is
// something to search (`import()`), because no server start needs a fifth of the server.
export { findFiles } from "./find-files.ts";
export { type FileMatches, findText, type TextCursor } from "./find-text.ts";
export type { Folder } from "./folder.ts";
export { recentFiles } from "./recent-files.ts";
export { sandboxFolder } from "./sandbox-folder.ts";
export { explainStop } from "./stopped.ts";
export { formatTree, readTree, type TreeNode } from "./tree.ts";
