import type { drive_v3 } from "@googleapis/drive";
import { type FileRef, keyHeaders } from "../files/file-ref.ts";
import { settle } from "../filing/settle.ts";
import type { Google } from "../google/google.ts";
import { at } from "../google/path.ts";

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
  const query: drive_v3.Params$Resource$Comments$List = {
    fields: `nextPageToken,comments(${FIELDS})`,
    pageSize: page.pageSize,
    ...(page.cursor !== undefined && { pageToken: page.cursor }),
  };
  const { comments = [], nextPageToken } = await drive.get<drive_v3.Schema$CommentList>(
    at`files/${ref.id}/comments`,
    { query, headers: keyHeaders(ref), signal },
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
  const body: Comment = {
    content,
    ...(quote !== undefined && { quotedFileContent: { mimeType: "text/plain", value: quote } }),
  };
  const ask = { query: { fields: FIELDS }, headers: keyHeaders(ref), signal };
  return settle({
    send: () => drive.write(at`files/${ref.id}/comments`, { ...ask, method: "POST", body }),
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
  const ask = { query: { fields: REPLY_FIELDS }, headers: keyHeaders(ref), signal };
  const path = at`files/${ref.id}/comments/${commentId}/replies`;
  return settle({
    send: () => drive.write(path, { ...ask, method: "POST", body: { content } }),
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
  const headers = keyHeaders(ref);
  const path = at`files/${ref.id}/comments/${commentId}`;
  const look = () => drive.get<Comment>(path, { query: { fields: FIELDS }, headers, signal });
  return settle({
    async send() {
      const query = { fields: REPLY_FIELDS };
      const body: Reply = { action };
      await drive.write(`${path}/replies`, { query, headers, signal, method: "POST", body });
      return look();
    },
    async look() {
      const comment = await look();
      return (comment.resolved === true) === (action === "resolve") ? comment : undefined;
    },
    unknown: "list_comments shows whether the comment is resolved.",
    signal,
  });
}
