import type { drive_v3 } from "@googleapis/drive";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { type FileRef, keyHeaders, parseFileRef } from "./file-ref.ts";
import { SHORTCUT } from "./kinds.ts";

/** A file as Google describes it, with the fields asked for. */
export type DriveFile = drive_v3.Schema$File;

/** What is asked of every file that is listed. */
export const LISTED =
  "id,name,mimeType,modifiedTime,size,parents,driveId,webViewLink,resourceKey,shortcutDetails";

/** What every request says so that files of shared drives are treated like all others. */
export const ALL_DRIVES = { supportsAllDrives: true } as const;

/** What is asked of a file before anything is done with it. */
const DESCRIBED = `${LISTED},version,md5Checksum,trashed,capabilities(canDownload)`;

/** One page of files. */
export interface FilePage {
  readonly files: readonly DriveFile[];
  /** Where the next page begins. */
  readonly cursor?: string | undefined;
  /** True when Google did not search everywhere. */
  readonly isPartial: boolean;
}

/** What to list. */
export interface Listing {
  readonly q: string;
  readonly pageSize: number;
  readonly cursor?: string | undefined;
  readonly orderBy?: string | undefined;
  /** A shared drive to stay in; everything the account sees when absent. */
  readonly driveId?: string | undefined;
}

/** Finds files, in shared drives too. What is found may be as it was some seconds ago. */
export async function listFiles(
  { reading }: Google,
  { q, pageSize, cursor, orderBy, driveId }: Listing,
  signal: AbortSignal,
): Promise<FilePage> {
  const params: drive_v3.Params$Resource$Files$List = {
    ...ALL_DRIVES,
    q,
    pageSize,
    pageToken: cursor,
    orderBy,
    fields: `nextPageToken,incompleteSearch,files(${LISTED})`,
    includeItemsFromAllDrives: true,
    ...(driveId === undefined ? { corpora: "allDrives" } : { corpora: "drive", driveId }),
  } as drive_v3.Params$Resource$Files$List;
  const page = await reading((api) => api.files.list(params, { signal }));
  return {
    files: page.files ?? [],
    cursor: page.nextPageToken ?? undefined,
    isPartial: page.incompleteSearch === true,
  };
}

/**
 * Describes a file as it is now, for who is about to change it.
 * @param fields by Google's names
 */
export function getFile(
  { drive }: Google,
  ref: FileRef,
  signal: AbortSignal,
  fields: string,
): Promise<DriveFile> {
  const params = { ...ALL_DRIVES, fileId: ref.id, fields };
  return drive((api) => api.files.get(params, { headers: keyHeaders(ref), signal }));
}

/** As it is, or as it was some seconds ago, which may need no request. */
export type When = "now" | "lately";

/**
 * Describes a file to a reader.
 * @param fields by Google's names
 */
export function seeFile(
  { reading }: Google,
  ref: FileRef,
  signal: AbortSignal,
  when: When,
  fields: string,
): Promise<DriveFile> {
  const params = { ...ALL_DRIVES, fileId: ref.id, fields };
  const headers = { ...keyHeaders(ref), ...(when === "now" && { "cache-control": "no-cache" }) };
  return reading((api) => api.files.get(params, { headers, signal }));
}

/** A file, and how it was named. */
export interface Named {
  readonly file: DriveFile;
  readonly ref: FileRef;
}

/**
 * The file a caller wants to read, by an id or an address; of a shortcut the file it stands for.
 * @throws {GoogleError} for a shortcut to a shortcut: whoever made that may lead in a circle
 */
export async function openFile(
  google: Google,
  text: string,
  signal: AbortSignal,
  when: When = "now",
): Promise<Named> {
  const ref = parseFileRef(text);
  const file = await seeFile(google, ref, signal, when, DESCRIBED);
  if (file.mimeType !== SHORTCUT) return { file, ref };
  const { targetId, targetResourceKey } = file.shortcutDetails ?? {};
  if (!targetId) throw new GoogleError("The shortcut names no file; its target may be deleted.");
  const target = { id: targetId, resourceKey: targetResourceKey ?? undefined };
  const found = await seeFile(google, target, signal, when, DESCRIBED);
  if (found.mimeType !== SHORTCUT) return { file: found, ref: target };
  throw new GoogleError("The shortcut leads to another shortcut; name the file itself.");
}
