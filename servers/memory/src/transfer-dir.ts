import { inHome } from "./place.ts";
import type { TransferFolder } from "./transfer/folder.ts";

/** What the operator said of files. */
export interface FolderOptions {
  readonly "transfer-dir"?: string | undefined;
  readonly "read-only": boolean;
}

/** The folder for files, where there may be any: they are changes, too, and without them `export_graph` only reads. */
export async function readFolder(options: FolderOptions): Promise<TransferFolder | undefined> {
  const { "transfer-dir": folder, "read-only": readOnly } = options;
  if (folder === undefined || readOnly) return undefined;
  const { TransferFolder } = await import("./transfer/folder.ts");
  return new TransferFolder(inHome(folder));
}
