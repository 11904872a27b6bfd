import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import type { JsonMembers } from "../api/json.ts";
import { repositoryOf } from "../issues/shapes.ts";
import {
  ADD_COMMENT,
  COMMENT_PLACE,
  DELETE_COMMENT,
  GET_DISCUSSION,
  MARK_ANSWER,
  UNMARK_ANSWER,
  UPDATE_COMMENT,
} from "./documents.ts";

/** Where a comment is. */
export interface CommentPlace {
  readonly home: Repository;
  readonly discussionId: string;
}

type Written = Readonly<Record<string, { readonly comment?: Made; readonly discussion?: Made }>>;

interface Made {
  readonly id: string;
  readonly url: string;
}

/** The node id of a discussion. */
export async function discussionId(
  github: GitHub,
  { owner, repo }: Repository,
  number: number,
): Promise<string> {
  const { repository } = await github.graphql<{ repository: { discussion: { id: string } } }>(
    GET_DISCUSSION,
    { owner, repo, number },
  );
  return repository.discussion.id;
}

/**
 * Where a comment is, which its id does not say.
 * @throws {GitHubError} when it is no comment of a discussion
 */
export async function placeOfComment(github: GitHub, id: string): Promise<CommentPlace> {
  const { node } = await github.graphql<{
    node: { discussion?: { id: string; repository: { nameWithOwner: string } } } | null;
  }>(COMMENT_PLACE, { id });
  if (!node?.discussion) {
    throw new GitHubError(
      "This is no comment of a discussion; get_discussion_comments lists their ids.",
    );
  }
  const { id: discussionId, repository } = node.discussion;
  return { home: repositoryOf(repository.nameWithOwner), discussionId };
}

/** Adds a comment to a discussion, or a reply to one of its comments. */
export function addComment(
  github: GitHub,
  discussionId: string,
  body: string,
  replyToId?: string,
): Promise<JsonMembers> {
  return written(github, ADD_COMMENT, {
    discussionId,
    body,
    ...(replyToId !== undefined && { replyToId }),
  });
}

/** Changes a comment's text. */
export function updateComment(
  github: GitHub,
  commentId: string,
  body: string,
): Promise<JsonMembers> {
  return written(github, UPDATE_COMMENT, { commentId, body });
}

/** Deletes a comment. */
export function deleteComment(github: GitHub, id: string): Promise<JsonMembers> {
  return written(github, DELETE_COMMENT, { id });
}

/** Makes a comment the answer of its discussion, or takes that back. */
export function setAnswer(github: GitHub, id: string, isAnswer: boolean): Promise<JsonMembers> {
  return written(github, isAnswer ? MARK_ANSWER : UNMARK_ANSWER, { id });
}

async function written(github: GitHub, document: string, input: object): Promise<JsonMembers> {
  const [answer] = Object.values(await github.graphql<Written>(document, { input }));
  const made = answer?.comment ?? answer?.discussion;
  return made ? { id: made.id, html_url: made.url } : {};
}
