import { s } from "@portico/core";
import {
  addComment as add,
  type Comment,
  listComments as list,
  reply,
  resolve,
} from "../../comments/comments.ts";
import { parseFileRef } from "../../files/file-ref.ts";
import { paging, USUAL_ITEMS } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";
import { fieldsOf, fitting, placeOf, withFields } from "../shared/listed.ts";
import { ADDS, CHANGES, fileId } from "./shared/changed.ts";

const string = s.string();
const content = s.string({ minLength: 1 });
const comment = s.object({ id: string });
const commentId = { file_id: fileId, comment_id: string };
const SAID = "comments in Google Drive";

/** What of a comment a caller may leave out. */
const OPTIONAL = ["content", "author", "quote", "resolved", "createdTime", "replies"] as const;

/** Says what people said about a file. */
export const listComments = googleTool({
  name: "list_comments",
  title: "List Comments",
  description: "Comments on a file with their replies, and the text they are about.",
  input: s.object({ file_id: fileId, ...paging, fields: fieldsOf(OPTIONAL) }),
  output: s.object({ comments: s.array(comment), cursor: s.optional(string) }),
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run({ file_id: id, page_size: pageSize = USUAL_ITEMS, cursor, fields }, google) {
    const place = placeOf(cursor);
    const page = { pageSize, cursor: place.token };
    const listed = await list(google, parseFileRef(id), page, google.signal);
    const all = listed.comments.map((one) => withFields(told(one), OPTIONAL, fields));
    const { items, cursor: next } = fitting(all, place, listed.cursor);
    return { data: { comments: [...items], ...(next && { cursor: next }) }, source: SAID };
  },
});

/** Says something about a file. */
export const addComment = googleTool({
  name: "add_comment",
  title: "Add Comment",
  description: "Comment on a file.",
  input: s.object({
    file_id: fileId,
    content,
    quote: s.optional(s.string({ description: "Text it is about" })),
  }),
  output: comment,
  annotations: ADDS,
  need: "drive.write",
  run: async ({ file_id: id, ...said }, google) => ({
    data: told(await add(google, parseFileRef(id), said, google.signal)),
  }),
});

/** Answers what somebody said. */
export const replyToComment = googleTool({
  name: "reply_to_comment",
  title: "Reply To Comment",
  description: "Reply to a comment.",
  input: s.object({ ...commentId, content }),
  output: comment,
  annotations: ADDS,
  need: "drive.write",
  async run({ file_id: id, comment_id: commentId, content }, google) {
    const said = { commentId, content };
    const { id: replyId, ...rest } = await reply(google, parseFileRef(id), said, google.signal);
    return { data: { id: replyId ?? "", content: rest.content ?? "" } };
  },
});

/** Settles what somebody said. */
export const resolveComment = googleTool({
  name: "resolve_comment",
  title: "Resolve Comment",
  description: "Resolve a comment, or open it again.",
  input: s.object({ ...commentId, reopen: s.optional(s.boolean()) }),
  output: comment,
  annotations: CHANGES,
  need: "drive.write",
  async run({ file_id: id, comment_id: commentId, reopen = false }, google) {
    const done = { commentId, action: reopen ? "reopen" : "resolve" } as const;
    const data = told(await resolve(google, parseFileRef(id), done, google.signal));
    return { data, source: SAID };
  },
});

/** A comment as it is told: what it says, who said it, and how it went on. */
function told({ id, content, author, quotedFileContent, resolved, createdTime, replies }: Comment) {
  return {
    id: id ?? "",
    content: content ?? "",
    author: author?.displayName,
    quote: quotedFileContent?.value,
    resolved: resolved === true || undefined,
    createdTime,
    replies: replies?.map((one) => ({
      author: one.author?.displayName,
      content: one.content || undefined,
      action: one.action,
      createdTime: one.createdTime,
    })),
  };
}
