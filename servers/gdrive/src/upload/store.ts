import type { DriveFile } from "../files/files.ts";
import { folderOf, parentsOf } from "../filing/create.ts";
import { ASKED, findFile, type Meant, newId, sending } from "../filing/filed.ts";
import { settle } from "../filing/settle.ts";
import { explain } from "../google/explain.ts";
import type { Google } from "../google/google.ts";
import { at } from "../google/path.ts";
import type { Content } from "./content.ts";
import { type Kind, NATIVE } from "./media-type.ts";
import type { Begin } from "./session.ts";
import { upload } from "./upload.ts";

/** What a file is to be made of. */
export interface Draft {
  readonly name: string;
  readonly folderId?: string | undefined;
  readonly mimeType: string;
  /** What of Google's own it shall become; absent where it is kept as it is. */
  readonly kind?: Kind | undefined;
  readonly content: Content;
}

/** Whom to tell how far it has got. */
export interface Watch {
  readonly progress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes a file, once.
 * @throws {GoogleError} when Google refuses
 * @throws {RemoteError} when no answer comes; it says whether there is a file now
 */
export async function createFile(google: Google, draft: Draft, watch: Watch): Promise<DriveFile> {
  const { name, folderId, mimeType, kind, content } = draft;
  const { signal } = watch;
  const into = await folderOf(google, folderId, signal);
  // Google takes ids of ours for all but documents of its own.
  const id = kind === undefined ? await newId(google, "files", signal) : undefined;
  const body = {
    ...(id !== undefined && { id }),
    name,
    mimeType: kind === undefined ? mimeType : NATIVE[kind],
    ...parentsOf(into),
  };
  const options = sending(signal, into?.ref);
  return settle<DriveFile>({
    send: () =>
      content.size === 0
        ? google.drive((api) => api.files.create({ ...ASKED, requestBody: body }, options))
        : send(google, { method: "POST", path: "files", body, ...options }, draft, watch),
    ...(id !== undefined && { look: () => findFile(google, { id }, signal) }),
    unknown: `search shows whether "${name}" is there; look before you try again.`,
    signal,
    // An upload repeats its parts itself.
    ...(content.size > 0 && { tries: 1 }),
  });
}

/** Gives a file other content. What it was stays as a revision, for some 30 days. */
export async function replaceContent(
  google: Google,
  { ref }: Meant,
  content: Pick<Draft, "mimeType" | "content">,
  watch: Watch,
): Promise<DriveFile> {
  const target = { method: "PATCH", path: at`files/${ref.id}`, body: {} } as const;
  return settle({
    send: () => send(google, { ...target, ...sending(watch.signal, ref) }, content, watch),
    unknown: "get_file_info shows when the file was changed last.",
    signal: watch.signal,
  });
}

type Target = Pick<Begin, "method" | "path" | "body" | "headers">;

async function send(
  { uploads }: Google,
  target: Target,
  { mimeType, content }: Pick<Draft, "mimeType" | "content">,
  watch: Watch,
): Promise<DriveFile> {
  const response = await upload(uploads, {
    ...target,
    ...watch,
    query: ASKED,
    mimeType,
    content,
  });
  if (!response.ok) throw await explain(response, "Google Drive");
  return (await response.json()) as DriveFile;
}
