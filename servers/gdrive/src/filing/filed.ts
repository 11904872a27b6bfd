import { type FileRef, keyHeaders, parseFileRef } from "../files/file-ref.ts";
import { type DriveFile, getFile } from "../files/files.ts";
import { FOLDER, SHORTCUT } from "../files/kinds.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";

/** What is asked of a file that is changed. */
const FIELDS =
  "id,name,mimeType,modifiedTime,parents,driveId,trashed,explicitlyTrashed,size,webViewLink,md5Checksum,headRevisionId,resourceKey,shortcutDetails(targetId)";

/** Who sees it, besides. */
const AUDIENCE =
  "shared,ownedByMe,owners(emailAddress,me),permissionIds,permissions(id,type,role,emailAddress,domain)";

/** What every request that changes a file says, so that shared drives count. */
export const ASKED = { supportsAllDrives: true, fields: FIELDS } as const;

/** A file somebody means, and how to ask for it. */
export interface Meant {
  readonly ref: FileRef;
  readonly file: DriveFile;
}

/**
 * The file a caller names; a shortcut is meant itself, not what it leads to.
 * @throws {GoogleError} when there is none for this account
 */
export async function getMeant(google: Google, text: string, signal: AbortSignal): Promise<Meant> {
  const ref = parseFileRef(text);
  return { ref, file: await getFile(google, ref, signal, `${FIELDS},${AUDIENCE}`) };
}

/** A file by its id; nothing where there is none. */
export async function findFile(
  google: Google,
  ref: FileRef,
  signal: AbortSignal,
): Promise<DriveFile | undefined> {
  try {
    return await getFile(google, ref, signal, FIELDS);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * A folder that something may be put into.
 * @throws {GoogleError} when it is none, or is in the trash
 */
export async function getFolder(google: Google, text: string, signal: AbortSignal): Promise<Meant> {
  const folder = await getMeant(google, text, signal);
  const { name, mimeType, trashed, shortcutDetails } = folder.file;
  if (mimeType === SHORTCUT) {
    const target = shortcutDetails?.targetId;
    throw new GoogleError(`"${name}" is a shortcut; name what it leads to: ${target}.`);
  }
  if (mimeType !== FOLDER) {
    throw new GoogleError(`"${name}" is no folder; take the id of one from list_folder.`);
  }
  if (trashed) throw new GoogleError(`The folder "${name}" is in the trash; restore it first.`);
  return folder;
}

/** How a change of a file is sent, which may need the keys of others, too. */
export function sending(
  signal: AbortSignal,
  ...refs: readonly (FileRef | undefined)[]
): { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal } {
  return { headers: keyHeaders(...refs.filter((ref) => ref !== undefined)), signal };
}

/** An id for something not made yet: a creation that carries one can be sent again and happens once. */
export async function newId(
  { drive }: Google,
  type: "files" | "shortcuts",
  signal: AbortSignal,
): Promise<string> {
  const params = { count: 1, space: "drive", type };
  const { ids } = await drive((api) => api.files.generateIds(params, { signal }));
  const [id] = ids ?? [];
  if (id !== undefined) return id;
  throw new GoogleError("Google gave no id for the new file; try again later.");
}
