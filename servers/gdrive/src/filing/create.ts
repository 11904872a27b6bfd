import type { drive_v3 } from "@googleapis/drive";
import type { DriveFile } from "../files/files.ts";
import { FOLDER, isGoogleType, SHORTCUT } from "../files/kinds.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { ASKED, findFile, getFolder, getMeant, type Meant, newId, sending } from "./filed.ts";
import { settle } from "./settle.ts";

/** What is made, where, and under which name. */
interface Named {
  readonly name?: string | undefined;
  readonly folderId?: string | undefined;
}

/** Makes an empty folder, once. */
export async function createFolder(
  google: Google,
  { name = "New folder", folderId }: Named,
  signal: AbortSignal,
): Promise<DriveFile> {
  const into = await folderOf(google, folderId, signal);
  const id = await newId(google, "files", signal);
  return make(google, { id, name, mimeType: FOLDER }, { into, signal });
}

/** Makes a shortcut to a file or folder, once. */
export async function createShortcut(
  google: Google,
  targetId: string,
  { name, folderId }: Named,
  signal: AbortSignal,
): Promise<DriveFile> {
  const { file, ref } = await getMeant(google, targetId, signal);
  if (file.mimeType === SHORTCUT) {
    throw new GoogleError(`"${file.name}" is a shortcut itself; name what it leads to.`);
  }
  const into = await folderOf(google, folderId, signal);
  const id = await newId(google, "shortcuts", signal);
  const body = {
    id,
    name: name ?? file.name ?? "Shortcut",
    mimeType: SHORTCUT,
    shortcutDetails: { targetId: file.id ?? ref.id },
  };
  return make(google, body, { into, target: { file, ref }, signal });
}

/**
 * Makes a copy of a file, once.
 * @throws {GoogleError} for a folder, which Drive does not copy
 */
export async function copyFile(
  google: Google,
  { file, ref }: Meant,
  { name, into }: { readonly name?: string | undefined; readonly into: Meant | undefined },
  signal: AbortSignal,
): Promise<DriveFile> {
  if (file.mimeType === FOLDER) {
    throw new GoogleError("Drive copies no folders; make one, and copy the files into it.");
  }
  // Google takes ids of ours for all but documents of its own.
  const isOwn = isGoogleType(file.mimeType ?? "");
  const id = isOwn ? undefined : await newId(google, "files", signal);
  const requestBody: drive_v3.Schema$File = {
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...parentsOf(into),
  };
  const params = { ...ASKED, fileId: ref.id, requestBody };
  return settle({
    send: () => google.drive((api) => api.files.copy(params, sending(signal, ref, into?.ref))),
    ...(id !== undefined && { look: () => findFile(google, { id }, signal) }),
    unknown: "search shows whether the copy is there; look before you try again.",
    signal,
  });
}

/** The folder something new goes into; nothing for the user's own drive. */
export async function folderOf(
  google: Google,
  folderId: string | undefined,
  signal: AbortSignal,
): Promise<Meant | undefined> {
  return folderId === undefined ? undefined : getFolder(google, folderId, signal);
}

/** The folder as it is put into a request. */
export function parentsOf(folder: Meant | undefined): { parents?: string[] } {
  return folder ? { parents: [folder.file.id ?? folder.ref.id] } : {};
}

interface Where {
  readonly into: Meant | undefined;
  readonly target?: Meant;
  readonly signal: AbortSignal;
}

/** Makes something of an id that nothing had before. */
function make(
  google: Google,
  made: drive_v3.Schema$File & { readonly id: string },
  { into, target, signal }: Where,
): Promise<DriveFile> {
  const params = { ...ASKED, requestBody: { ...made, ...parentsOf(into) } };
  const options = sending(signal, into?.ref, target?.ref);
  return settle({
    send: () => google.drive((api) => api.files.create(params, options)),
    look: () => findFile(google, { id: made.id }, signal),
    unknown: `search shows whether "${made.name}" is there; look before you try again.`,
    signal,
  });
}
