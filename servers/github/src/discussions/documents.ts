/** The discussions of a repository. */
export const LIST_DISCUSSIONS = `query ListDiscussions(
  $owner: String!, $repo: String!, $first: Int!, $after: String, $categoryId: ID, $orderBy: DiscussionOrder!
) {
  repository(owner: $owner, name: $repo) {
    discussions(first: $first, after: $after, categoryId: $categoryId, orderBy: $orderBy) {
      nodes {
        number
        title
        url
        author { login }
        category { id name }
        closed
        isAnswered
        createdAt
        updatedAt
        comments { totalCount }
      }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** A discussion as {@link LIST_DISCUSSIONS} and {@link GET_DISCUSSION} give it. */
export interface Discussion {
  readonly id?: string;
  readonly number: number;
  readonly title: string;
  readonly body?: string;
  readonly url: string;
  readonly author: { readonly login: string } | null;
  readonly category: { readonly id: string; readonly name: string };
  readonly closed: boolean;
  readonly isAnswered: boolean | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly comments: { readonly totalCount: number };
}

/** One discussion with its text. */
export const GET_DISCUSSION = `query GetDiscussion($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    discussion(number: $number) {
      id
      number
      title
      body
      url
      author { login }
      category { id name }
      closed
      isAnswered
      createdAt
      updatedAt
      comments { totalCount }
    }
  }
}`;

const COMMENT = "id body isAnswer url author { login } createdAt";

/** The comments of a discussion. */
export const DISCUSSION_COMMENTS = `query DiscussionComments(
  $owner: String!, $repo: String!, $number: Int!, $first: Int!, $after: String, $withReplies: Boolean!
) {
  repository(owner: $owner, name: $repo) {
    discussion(number: $number) {
      comments(first: $first, after: $after) {
        nodes {
          ${COMMENT}
          replies(first: 100) @include(if: $withReplies) { nodes { ${COMMENT} } totalCount }
        }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** A comment as {@link DISCUSSION_COMMENTS} gives it. */
export interface DiscussionComment {
  readonly id: string;
  readonly body: string;
  readonly isAnswer: boolean;
  readonly url: string;
  readonly author: { readonly login: string } | null;
  readonly createdAt: string;
  readonly replies?: { readonly nodes: readonly DiscussionComment[]; readonly totalCount: number };
}

/** The categories of a repository's discussions. */
export const DISCUSSION_CATEGORIES = `query DiscussionCategories($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    discussionCategories(first: 100) {
      nodes { id name description isAnswerable }
      totalCount
    }
  }
}`;

/** Which discussion a comment belongs to. */
export const COMMENT_PLACE = `query CommentPlace($id: ID!) {
  node(id: $id) {
    ... on DiscussionComment { discussion { id number repository { nameWithOwner } } }
  }
}`;

/** Adds a comment, or a reply to one. */
export const ADD_COMMENT = `mutation AddDiscussionComment($input: AddDiscussionCommentInput!) {
  addDiscussionComment(input: $input) { comment { id url } }
}`;

/** Changes a comment's text. */
export const UPDATE_COMMENT = `mutation UpdateDiscussionComment($input: UpdateDiscussionCommentInput!) {
  updateDiscussionComment(input: $input) { comment { id url } }
}`;

/** Deletes a comment. */
export const DELETE_COMMENT = `mutation DeleteDiscussionComment($input: DeleteDiscussionCommentInput!) {
  deleteDiscussionComment(input: $input) { comment { id url } }
}`;

/** Makes a comment the answer. */
export const MARK_ANSWER = `mutation MarkAnswer($input: MarkDiscussionCommentAsAnswerInput!) {
  markDiscussionCommentAsAnswer(input: $input) { discussion { id url } }
}`;

/** Makes a comment the answer no longer. */
export const UNMARK_ANSWER = `mutation UnmarkAnswer($input: UnmarkDiscussionCommentAsAnswerInput!) {
  unmarkDiscussionCommentAsAnswer(input: $input) { discussion { id url } }
}`;
