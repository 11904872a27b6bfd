import type { drive_v3 } from "@googleapis/drive";
import { bytesOf } from "../files/body.ts";
import { type FileRef, keyHeaders } from "../files/file-ref.ts";
import { settle } from "../filing/settle.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { at } from "../google/path.ts";
import type { Content } from "../upload/content.ts";

/** What a file was at some time. */
export type Revision = drive_v3.Schema$Revision;

const FIELDS =
  "id,modifiedTime,size,mimeType,keepForever,md5Checksum,lastModifyingUser(displayName)";

/** One page of what a file was, the oldest first. */
export async function listRevisions(
  { drive }: Google,
  ref: FileRef,
  page: { readonly pageSize: number; readonly cursor?: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly revisions: readonly Revision[]; readonly cursor?: string }> {
  const params: drive_v3.Params$Resource$Revisions$List = {
    fileId: ref.id,
    fields: `nextPageToken,revisions(${FIELDS})`,
    pageSize: page.pageSize,
    ...(page.cursor !== undefined && { pageToken: page.cursor }),
  };
  const { revisions = [], nextPageToken } = await drive((api) =>
    api.revisions.list(params, { headers: keyHeaders(ref), signal }),
  );
  return { revisions, ...(nextPageToken && { cursor: nextPageToken }) };
}

/** A revision by its id. */
export function getRevision(
  { drive }: Google,
  ref: FileRef,
  id: string,
  signal: AbortSignal,
): Promise<Revision> {
  const params = { fileId: ref.id, revisionId: id, fields: FIELDS };
  return drive((api) => api.revisions.get(params, { headers: keyHeaders(ref), signal }));
}

/** Whether Drive keeps a revision for good; it may for 200 of a file. */
export interface Keeping {
  readonly id: string;
  readonly forever: boolean;
}

/** Keeps a revision for good, or no longer, once. */
export function keepRevision(
  google: Google,
  ref: FileRef,
  { id, forever }: Keeping,
  signal: AbortSignal,
): Promise<Revision> {
  const requestBody: Revision = { keepForever: forever };
  const params = { fileId: ref.id, revisionId: id, fields: FIELDS, requestBody };
  const options = { headers: keyHeaders(ref), signal };
  return settle({
    send: () => google.drive((api) => api.revisions.update(params, options)),
    async look() {
      const found = await getRevision(google, ref, id, signal);
      return (found.keepForever === true) === forever ? found : undefined;
    },
    unknown: "list_revisions shows which are kept.",
    signal,
  });
}

/** The bytes a file had at a revision, fetched part by part as they are read. */
export function contentOfRevision(
  { contents }: Google,
  ref: FileRef,
  { id, size }: Revision,
  signal: AbortSignal,
): Content {
  const path = at`files/${ref.id}/revisions/${id ?? ""}`;
  const total = Number(size ?? 0);
  return {
    size: total,
    async read(position, length) {
      const response = await contents.open(path, {
        query: { alt: "media" },
        headers: {
          ...keyHeaders(ref),
          accept: "*/*",
          range: `bytes=${position}-${position + length - 1}`,
        },
        signal,
      });
      const isPart = response.status === 206 || length === total;
      const bytes = await bytesOf(response, length);
      if (isPart && bytes.byteLength === length) return bytes;
      throw new GoogleError("Google handed out another part of the revision than was asked for.");
    },
  };
}
