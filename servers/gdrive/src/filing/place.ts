import type { GoogleApi } from "../google/api.ts";
import { GoogleError } from "../google/error.ts";
import { at } from "../google/path.ts";
import { ASKED, type Filed, FOLDER, getFiled, getFolder } from "./filed.ts";
import { settle } from "./settle.ts";

/** Folders may be nested this deep in Drive. */
const DEEPEST = 100;

/** Entries of a folder that are counted; beyond it is "more". */
const MOST_COUNTED = 100;

/**
 * Changes what Drive says of a file, such as its name, once.
 * @param isDone tells from the file whether that happened
 */
export function changeFiled(
  drive: GoogleApi,
  id: string,
  change: { readonly query?: object; readonly body: object },
  isDone: (file: Filed) => boolean,
  signal: AbortSignal,
): Promise<Filed> {
  const query = { ...ASKED, ...change.query };
  return settle({
    send: () =>
      drive.write<Filed>(at`files/${id}`, { method: "PATCH", query, body: change.body, signal }),
    async look() {
      const file = await getFiled(drive, id, signal);
      return isDone(file) ? file : undefined;
    },
    unknown: "get_file_info shows how the file is now.",
    signal,
  });
}

/**
 * Moves a file, or a folder with all in it, into another folder.
 * @throws {GoogleError} when that would put a folder into itself
 */
export async function moveFiled(
  drive: GoogleApi,
  id: string,
  folderId: string,
  signal: AbortSignal,
): Promise<Filed> {
  const file = await getFiled(drive, id, signal);
  const folder = await getFolder(drive, folderId, signal);
  const target = folder.id ?? folderId;
  const parents = file.parents ?? [];
  if (parents.includes(target)) return file;
  if (file.mimeType === FOLDER) await refuseCycle(drive, file, folder, signal);
  const removeParents = parents.length > 0 ? parents.join(",") : undefined;
  return changeFiled(
    drive,
    id,
    { query: { addParents: target, removeParents }, body: {} },
    (now) => now.parents?.includes(target) === true,
    signal,
  );
}

async function refuseCycle(
  drive: GoogleApi,
  moved: Filed,
  into: Filed,
  signal: AbortSignal,
): Promise<void> {
  let folder: Filed = into;
  for (let depth = 0; depth <= DEEPEST; depth++) {
    if (folder.id === moved.id) {
      throw new GoogleError(
        `"${into.name}" is "${moved.name}" or lies in it; a folder cannot be moved into itself.`,
      );
    }
    const [parent] = folder.parents ?? [];
    if (parent === undefined) return;
    folder = await getFiled(drive, parent, signal);
  }
  throw new GoogleError(`"${into.name}" lies too deep, or in a circle; choose another folder.`);
}

/** How many entries a folder has that are not in the trash, as far as they are counted. */
export async function countEntries(
  drive: GoogleApi,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly count: number; readonly isMore: boolean }> {
  const { files = [], nextPageToken } = await drive.get<{ files?: []; nextPageToken?: string }>(
    "files",
    {
      query: {
        q: `'${id.replaceAll(/[\\']/g, "\\$&")}' in parents and trashed = false`,
        pageSize: MOST_COUNTED,
        fields: "files(id),nextPageToken",
        supportsAllDrives: true,
        includeItemsFromAllDrives: true,
      },
      signal,
    },
  );
  return { count: files.length, isMore: nextPageToken !== undefined };
}
