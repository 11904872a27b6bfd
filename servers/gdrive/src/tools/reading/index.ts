import type { GoogleTool } from "../shared/google-tool.ts";
import { downloadFile } from "./download-file.ts";
import { getAccount } from "./get-account.ts";
import { getFileInfo } from "./get-file-info.ts";
import { listChanges } from "./list-changes.ts";
import { listFolder } from "./list-folder.ts";
import { listSharedDrives } from "./list-shared-drives.ts";
import { readFile } from "./read-file.ts";
import { search } from "./search.ts";

/** Tools that find and read files: of the toolset `files`. */
export const reading: readonly GoogleTool[] = [
  search,
  listFolder,
  listSharedDrives,
  getFileInfo,
  readFile,
  downloadFile,
  listChanges,
  getAccount,
];
