import type { drive_v3 } from "@googleapis/drive";
import { type FileRef, keyHeaders } from "../files/file-ref.ts";
import { settle } from "../filing/settle.ts";
import type { Google } from "../google/google.ts";

/** What somebody said about a file, and what others answered. */
export type Comment = drive_v3.Schema$Comment;

/** An answer to a comment. */
export type Reply = drive_v3.Schema$Reply;

const REPLY_FIELDS = "id,author(displayName),content,action,createdTime";
const FIELDS = `id,author(displayName),content,quotedFileContent(value),resolved,createdTime,replies(${REPLY_FIELDS})`;

/** One page of what was said about a file. */
export async function listComments(
  { drive }: Google,
  ref: FileRef,
  page: { readonly pageSize: number; readonly cursor?: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly comments: readonly Comment[]; readonly cursor?: string }> {
  const params: drive_v3.Params$Resource$Comments$List = {
    fileId: ref.id,
    fields: `nextPageToken,comments(${FIELDS})`,
    pageSize: page.pageSize,
    ...(page.cursor !== undefined && { pageToken: page.cursor }),
  };
  const { comments = [], nextPageToken } = await drive((api) =>
    api.comments.list(params, { headers: keyHeaders(ref), signal }),
  );
  return { comments, ...(nextPageToken && { cursor: nextPageToken }) };
}

/** Says something about a file. Google cannot tell whether that happened when its answer is lost. */
export function addComment(
  { drive }: Google,
  ref: FileRef,
  { content, quote }: { readonly content: string; readonly quote?: string | undefined },
  signal: AbortSignal,
): Promise<Comment> {
  const requestBody: Comment = {
    content,
    ...(quote !== undefined && { quotedFileContent: { mimeType: "text/plain", value: quote } }),
  };
  const params = { fileId: ref.id, fields: FIELDS, requestBody };
  return settle({
    send: () => drive((api) => api.comments.create(params, { headers: keyHeaders(ref), signal })),
    unknown: "list_comments shows whether the comment is there; look before you try again.",
    signal,
  });
}

/** Answers a comment. */
export function reply(
  { drive }: Google,
  ref: FileRef,
  { commentId, content }: { readonly commentId: string; readonly content: string },
  signal: AbortSignal,
): Promise<Reply> {
  const params = { fileId: ref.id, commentId, fields: REPLY_FIELDS, requestBody: { content } };
  return settle({
    send: () => drive((api) => api.replies.create(params, { headers: keyHeaders(ref), signal })),
    unknown: "list_comments shows whether the reply is there; look before you try again.",
    signal,
  });
}

/** Settles a comment, or opens it again, once. */
export function resolve(
  { drive }: Google,
  ref: FileRef,
  { commentId, action }: { readonly commentId: string; readonly action: "resolve" | "reopen" },
  signal: AbortSignal,
): Promise<Comment> {
  const options = { headers: keyHeaders(ref), signal };
  const comment = { fileId: ref.id, commentId };
  const look = () => drive((api) => api.comments.get({ ...comment, fields: FIELDS }, options));
  return settle({
    async send() {
      const params = { ...comment, fields: REPLY_FIELDS, requestBody: { action } };
      await drive((api) => api.replies.create(params, options));
      return look();
    },
    async look() {
      const found = await look();
      return (found.resolved === true) === (action === "resolve") ? found : undefined;
    },
    unknown: "list_comments shows whether the comment is resolved.",
    signal,
  });
}
