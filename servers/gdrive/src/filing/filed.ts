import type { drive_v3 } from "@googleapis/drive";
import type { GoogleApi } from "../google/api.ts";
import { GoogleError } from "../google/error.ts";
import { at } from "../google/path.ts";

/** A file, folder or shortcut as Drive describes it. */
export type Filed = drive_v3.Schema$File;

/** What is asked of one. */
export const FILED_FIELDS =
  "id,name,mimeType,parents,driveId,trashed,explicitlyTrashed,size,webViewLink,md5Checksum,headRevisionId,ownedByMe,shortcutDetails(targetId)";

/** The types of Drive's own that are no documents. */
export const FOLDER = "application/vnd.google-apps.folder";
export const SHORTCUT = "application/vnd.google-apps.shortcut";

/** Whether a type is one of Google's own, which have no bytes. */
export function isNative(mimeType: string | null | undefined): boolean {
  return mimeType?.startsWith("application/vnd.google-apps.") === true;
}

/** What every request for a file says, so that shared drives count. */
export const ASKED = { supportsAllDrives: true, fields: FILED_FIELDS } as const;

/**
 * A file by its id.
 * @throws {GoogleError} when there is none for this account
 */
export function getFiled(drive: GoogleApi, id: string, signal: AbortSignal): Promise<Filed> {
  return drive.get<Filed>(at`files/${id}`, { query: ASKED, signal });
}

/** The same; nothing where there is none. */
export async function findFiled(
  drive: GoogleApi,
  id: string,
  signal: AbortSignal,
): Promise<Filed | undefined> {
  try {
    return await getFiled(drive, id, signal);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * A folder that something may be put into.
 * @throws {GoogleError} when it is none, or is in the trash
 */
export async function getFolder(drive: GoogleApi, id: string, signal: AbortSignal): Promise<Filed> {
  const folder = await getFiled(drive, id, signal);
  if (folder.mimeType === SHORTCUT) {
    const target = folder.shortcutDetails?.targetId;
    throw new GoogleError(`"${folder.name}" is a shortcut; name what it leads to: ${target}.`);
  }
  if (folder.mimeType !== FOLDER) {
    throw new GoogleError(`"${folder.name}" is no folder; take the id of one from list_folder.`);
  }
  if (folder.trashed) {
    throw new GoogleError(`The folder "${folder.name}" is in the trash; restore it first.`);
  }
  return folder;
}

/** Ids for things not made yet: a creation that carries one can be sent again and happens once. */
export async function newId(
  drive: GoogleApi,
  type: "files" | "shortcuts",
  signal: AbortSignal,
): Promise<string> {
  const query = { count: 1, space: "drive", type };
  const { ids } = await drive.get<{ ids?: string[] }>("files/generateIds", { query, signal });
  const [id] = ids ?? [];
  if (id !== undefined) return id;
  throw new GoogleError("Google gave no id for the new file; try again later.");
}
