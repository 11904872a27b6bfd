import type { DriveFile } from "../files/files.ts";
import type { Meant } from "../filing/filed.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { replaceContent, type Watch } from "../upload/store.ts";
import { contentOfRevision, keepRevision, type Revision } from "./revisions.ts";

/** What came of it. */
export interface Restored {
  readonly file: DriveFile;
  /** True where the revision was not kept for good before, and still is. */
  readonly isStillKept: boolean;
}

/**
 * Gives a file the content of a revision again, as a new revision.
 * @throws {GoogleError} when Google refuses, or something else arrived than the revision
 */
export async function restore(
  google: Google,
  meant: Meant,
  revision: Revision,
  watch: Watch,
): Promise<Restored> {
  const { ref } = meant;
  const id = revision.id ?? "";
  const wasKept = revision.keepForever === true;
  // Google hands out the bytes of those revisions alone that are kept for good.
  if (!wasKept) await keepRevision(google, ref, { id, forever: true }, watch.signal);
  const content = contentOfRevision(google, ref, revision, watch.signal);
  const mimeType = revision.mimeType ?? meant.file.mimeType ?? "application/octet-stream";
  try {
    const file = await replaceContent(google, meant, { mimeType, content }, watch);
    if (file.md5Checksum !== revision.md5Checksum) throw new GoogleError(OTHER);
    return { file, isStillKept: !(wasKept || (await letGo(google, meant, id, watch.signal))) };
  } catch (error) {
    if (!wasKept) await letGo(google, meant, id, watch.signal);
    throw error;
  }
}

const OTHER =
  "What is in the file now is not what the revision was; look at list_revisions and try again.";

/** Whether Google took back that a revision is kept: what it was kept for is done or failed already. */
async function letGo(
  google: Google,
  { ref }: Meant,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await keepRevision(google, ref, { id, forever: false }, signal);
    return true;
  } catch {
    return false;
  }
}
