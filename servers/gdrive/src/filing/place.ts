import type { drive_v3 } from "@googleapis/drive";
import type { DriveFile } from "../files/files.ts";
import { FOLDER } from "../files/kinds.ts";
import { queryFor } from "../files/query.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { ASKED, findFile, type Meant, sending } from "./filed.ts";
import { settle } from "./settle.ts";

/** Folders may be nested this deep in Drive. */
const DEEPEST = 100;

/** Entries of a folder that are counted; beyond it is "more". */
const MOST_COUNTED = 100;

/** What Drive shall say of a file from now on. */
interface Restated {
  readonly body: drive_v3.Schema$File;
  readonly query?: drive_v3.Params$Resource$Files$Update;
  /** The folder it goes to. */
  readonly into?: Meant;
  /** Tells from the file whether that happened. */
  readonly isDone: (file: DriveFile) => boolean;
}

/** Changes what Drive says of a file, such as its name, once. */
export function restate(
  google: Google,
  { ref }: Meant,
  { body, query = {}, into, isDone }: Restated,
  signal: AbortSignal,
): Promise<DriveFile> {
  const params = { ...ASKED, ...query, fileId: ref.id, requestBody: body };
  return settle({
    send: () => google.drive((api) => api.files.update(params, sending(signal, ref, into?.ref))),
    async look() {
      const file = await findFile(google, ref, signal);
      return file && isDone(file) ? file : undefined;
    },
    unknown: "get_file_info shows how the file is now.",
    signal,
  });
}

/**
 * Moves a file, or a folder with all in it, into another folder.
 * @throws {GoogleError} when that would put a folder into itself
 */
export async function move(
  google: Google,
  meant: Meant,
  into: Meant,
  signal: AbortSignal,
): Promise<DriveFile> {
  const target = into.file.id ?? into.ref.id;
  const parents = meant.file.parents ?? [];
  if (parents.includes(target)) return meant.file;
  if (meant.file.mimeType === FOLDER) await refuseCycle(google, meant.file, into.file, signal);
  const query = {
    addParents: target,
    ...(parents.length > 0 && { removeParents: parents.join(",") }),
  };
  const isDone = (file: DriveFile) => file.parents?.includes(target) === true;
  return restate(google, meant, { body: {}, query, into, isDone }, signal);
}

async function refuseCycle(
  google: Google,
  moved: DriveFile,
  into: DriveFile,
  signal: AbortSignal,
): Promise<void> {
  let folder: DriveFile | undefined = into;
  for (let depth = 0; depth <= DEEPEST; depth++) {
    if (folder?.id === moved.id) {
      throw new GoogleError(
        `"${into.name}" is "${moved.name}" or lies in it; a folder cannot be moved into itself.`,
      );
    }
    const [id] = folder?.parents ?? [];
    if (id === undefined) return;
    // Who was given a folder of somebody else need not see what that lies in.
    folder = await findFile(google, { id }, signal);
  }
  throw new GoogleError(`"${into.name}" lies too deep, or in a circle; choose another folder.`);
}

/** How many entries a folder has that are not in the trash, as a number or "more than" one. */
export async function countEntries(
  { drive }: Google,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly count: number; readonly isMore: boolean }> {
  const params: drive_v3.Params$Resource$Files$List = {
    q: queryFor({ folder: id }),
    pageSize: MOST_COUNTED,
    fields: "files(id),nextPageToken",
    supportsAllDrives: true,
    includeItemsFromAllDrives: true,
  };
  const { files = [], nextPageToken } = await drive((api) => api.files.list(params, { signal }));
  return { count: files.length, isMore: Boolean(nextPageToken) };
}
