import type { Json, JsonMembers } from "../api/json.ts";
import { stated } from "../api/stated.ts";
import { person } from "../issues/shapes.ts";
import type { Discussion, DiscussionComment } from "./documents.ts";

/** A discussion with what matters of it. */
export function discussionShape(discussion: Discussion): JsonMembers {
  return stated<Json | undefined>({
    id: discussion.id,
    number: discussion.number,
    title: discussion.title,
    body: discussion.body,
    html_url: discussion.url,
    user: person(discussion.author),
    category: { id: discussion.category.id, name: discussion.category.name },
    closed: discussion.closed,
    is_answered: discussion.isAnswered,
    comments: discussion.comments.totalCount,
    created_at: discussion.createdAt,
    updated_at: discussion.updatedAt,
  });
}

/** A comment, without its replies. */
export function discussionComment(comment: DiscussionComment): JsonMembers {
  return stated<Json | undefined>({
    id: comment.id,
    body: comment.body,
    is_answer: comment.isAnswer || null,
    user: person(comment.author),
    html_url: comment.url,
    created_at: comment.createdAt,
  });
}
