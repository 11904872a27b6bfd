import type { GoogleTool } from "../shared/google-tool.ts";
import { addComment, listComments, replyToComment, resolveComment } from "./comments.ts";
import { copyFile } from "./copy-file.ts";
import { createFile } from "./create-file.ts";
import { createFolder } from "./create-folder.ts";
import { createShortcut } from "./create-shortcut.ts";
import { moveFile } from "./move-file.ts";
import { renameFile } from "./rename-file.ts";
import { restoreFile } from "./restore-file.ts";
import { keepRevision, listRevisions, restoreRevision } from "./revisions.ts";
import { listPermissions, shareFile, unshareFile } from "./sharing.ts";
import { trashFile } from "./trash-file.ts";
import { updateFile } from "./update-file.ts";
import { uploadBytes, uploadFile } from "./upload-file.ts";

/** Tools that create and change files: of the toolset `files`. */
export const fileChanges: readonly GoogleTool[] = [
  createFile,
  updateFile,
  uploadFile,
  uploadBytes,
  createFolder,
  copyFile,
  moveFile,
  renameFile,
  createShortcut,
  trashFile,
  restoreFile,
];

/** Tools of who may see a file: of the toolset `sharing`. */
export const sharing: readonly GoogleTool[] = [listPermissions, shareFile, unshareFile];

/** Tools of what people say about a file: of the toolset `comments`. */
export const comments: readonly GoogleTool[] = [
  listComments,
  addComment,
  replyToComment,
  resolveComment,
];

/** Tools of what a file was before: of the toolset `revisions`. */
export const revisions: readonly GoogleTool[] = [listRevisions, keepRevision, restoreRevision];
