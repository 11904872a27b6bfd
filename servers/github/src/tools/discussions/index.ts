import type { GitHubTool } from "../shared/github-tool.ts";
import { discussionCommentWrite } from "./discussion-comment-write.ts";
import { getDiscussion } from "./get-discussion.ts";
import { getDiscussionComments } from "./get-discussion-comments.ts";
import { listDiscussionCategories } from "./list-discussion-categories.ts";
import { listDiscussions } from "./list-discussions.ts";

/** The tools of the toolset `discussions`. */
export const discussionsTools: readonly GitHubTool[] = [
  listDiscussions,
  getDiscussion,
  getDiscussionComments,
  listDiscussionCategories,
  discussionCommentWrite,
];
