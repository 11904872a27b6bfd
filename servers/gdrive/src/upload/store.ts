import type { JsonObject } from "@portico/remote-api";
import { FILED_FIELDS, type Filed, findFiled, newId } from "../filing/filed.ts";
import { settle } from "../filing/settle.ts";
import { explain } from "../google/explain.ts";
import type { Google } from "../google/google.ts";
import { at } from "../google/path.ts";
import type { Content } from "./content.ts";
import { type Kind, NATIVE } from "./media-type.ts";
import { upload } from "./upload.ts";

/** What a file is to be made of. */
export interface Draft {
  readonly name: string;
  readonly folderId: string | undefined;
  readonly mimeType: string;
  /** What of Google's own it shall become; absent where it is kept as it is. */
  readonly kind: Kind | undefined;
  readonly content: Content;
}

/** Whom to tell how far it has got. */
export interface Watch {
  readonly progress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

type Part = Pick<Google, "drive" | "uploads">;

const QUERY = { supportsAllDrives: true, fields: FILED_FIELDS } as const;

/**
 * Makes a file, once.
 * @throws {GoogleError} when Google refuses
 * @throws {RemoteError} when no answer comes; it says whether there is a file now
 */
export async function createFiled(google: Part, draft: Draft, watch: Watch): Promise<Filed> {
  const { drive } = google;
  const { name, folderId, mimeType, kind, content } = draft;
  const { signal } = watch;
  // Google takes ids of ours for all but documents of its own.
  const id = kind === undefined ? await newId(drive, "files", signal) : undefined;
  const metadata = {
    name,
    mimeType: kind === undefined ? mimeType : NATIVE[kind],
    ...(id !== undefined && { id }),
    ...(folderId !== undefined && { parents: [folderId] }),
  };
  return settle({
    send: () =>
      content.size === 0
        ? drive.write<Filed>("files", { method: "POST", query: QUERY, body: metadata, signal })
        : send(google, { method: "POST", path: "files", metadata, mimeType, content }, watch),
    ...(id !== undefined && { look: () => findFiled(drive, id, signal) }),
    unknown: `search shows whether "${name}" is there; look before you try again.`,
    signal,
    // An upload repeats its parts itself.
    ...(content.size > 0 && { tries: 1 }),
  });
}

/** Gives a file other content. What it was stays as a revision, for 30 days at least. */
export async function replaceContent(
  google: Part,
  id: string,
  { mimeType, content }: Pick<Draft, "mimeType" | "content">,
  watch: Watch,
): Promise<Filed> {
  return settle({
    send: () =>
      send(
        google,
        { method: "PATCH", path: at`files/${id}`, metadata: {}, mimeType, content },
        watch,
      ),
    unknown: "list_revisions shows whether the new content is there.",
    signal: watch.signal,
  });
}

interface Sent {
  readonly method: "POST" | "PATCH";
  readonly path: string;
  readonly metadata: JsonObject;
  readonly mimeType: string;
  readonly content: Content;
}

async function send({ uploads }: Part, sent: Sent, watch: Watch): Promise<Filed> {
  const response = await upload(uploads, { ...sent, ...watch, query: QUERY });
  if (!response.ok) throw await explain(response, "Google Drive");
  return (await response.json()) as Filed;
}
