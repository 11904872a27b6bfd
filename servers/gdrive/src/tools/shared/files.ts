import { type Output, type Schema, s } from "@portico/core";
import { parseFileRef } from "../../files/file-ref.ts";
import type { DriveFile } from "../../files/files.ts";

/** A file as an argument. */
export const fileId: Schema<string> = s.string({ description: "Id or address" });

/** A folder as an argument. */
export const folderId: Schema<string> = s.string({
  description: "Id or address of a folder; root is My Drive",
});

/** A list's size and place. */
export const paging = {
  page_size: s.optional(s.integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: s.optional(s.string({ description: "From the answer before" })),
};

/** Items of one answer, where nobody says how many. */
export const USUAL_ITEMS = 20;

/** What is told of a file. */
const shape = s.object({
  id: s.string(),
  name: s.string(),
  mimeType: s.string(),
  modifiedTime: s.optional(s.string()),
  size: s.optional(s.integer()),
  link: s.optional(s.string()),
  parents: s.optional(s.array(s.string())),
  driveId: s.optional(s.string()),
  resourceKey: s.optional(s.string()),
  target: s.optional(s.string({ description: "Of a shortcut" })),
});

/** What of a file is told only where a caller does not choose otherwise. */
export const OPTIONAL = [
  "modifiedTime",
  "size",
  "link",
  "parents",
  "driveId",
  "resourceKey",
  "target",
] as const;

/** A file as tools tell of it. */
export type ToldFile = Output<typeof shape>;

/** Its schema, as short as it can be. */
export const toldFile: Schema<ToldFile> = s.object({
  id: s.string(),
  name: s.string(),
  mimeType: s.string(),
}) as unknown as Schema<ToldFile>;

/** A file as it is told, with what is known of it. */
export function told(file: DriveFile): ToldFile {
  const { size, webViewLink, shortcutDetails, modifiedTime, parents, driveId, resourceKey } = file;
  return {
    id: file.id ?? "",
    name: file.name ?? "",
    mimeType: file.mimeType ?? "",
    ...(modifiedTime && { modifiedTime }),
    ...(size && { size: Number(size) }),
    ...(webViewLink && { link: webViewLink }),
    ...(parents && { parents }),
    ...(driveId && { driveId }),
    ...(resourceKey && { resourceKey }),
    ...(shortcutDetails?.targetId && { target: shortcutDetails.targetId }),
  };
}

/** A file in a line: what the archived server wrote of it, and then its id. */
export function line({ name, mimeType, id, resourceKey, modifiedTime, target }: ToldFile): string {
  const key = resourceKey === undefined ? "" : `/${resourceKey}`;
  const changed = modifiedTime === undefined ? "" : `, changed ${modifiedTime.slice(0, 10)}`;
  const shortcut = target === undefined ? "" : `, a shortcut to ${target}`;
  return `${name} (${mimeType}) id: ${id}${key}${changed}${shortcut}`;
}

/** The id of a folder a caller names. */
export function folderOf(text: string): string {
  return text === "root" ? text : parseFileRef(text).id;
}

/** Whose words names and contents of files are. */
export const SOURCE = "files in Google Drive";
