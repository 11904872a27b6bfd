export type { Limits } from "./budget.ts";
export { SearchError, type SearchProblem } from "./error.ts";
export { type FileQuery, type FoundFile, type FoundFiles, findFiles } from "./find-files.ts";
export {
  type FileMatches,
  type FoundText,
  findText,
  type TextCursor,
  type TextQuery,
} from "./find-text.ts";
export type { Entry, EntryType, Folder } from "./folder.ts";
export { compileGlob, type PathTest } from "./glob/glob.ts";
export type { FoundLine } from "./line-matches.ts";
export { type RecentFile, type RecentFiles, recentFiles } from "./recent-files.ts";
export { sandboxFolder } from "./sandbox-folder.ts";
export { explainStop, type StopReason } from "./stopped.ts";
export { formatTree, readTree, type Tree, type TreeNode, type TreeQuery } from "./tree.ts";
