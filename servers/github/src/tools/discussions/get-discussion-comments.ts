import { s } from "@portico/core";
import type { Repository } from "../../api/github.ts";
import type { JsonMembers } from "../../api/json.ts";
import { DISCUSSION_COMMENTS, type DiscussionComment } from "../../discussions/documents.ts";
import { discussionComment } from "../../discussions/shapes.ts";
import { githubTool, type ToolCall } from "../shared/github-tool.ts";
import { after, owner, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";

/** Reads the comments of a discussion. */
export const getDiscussionComments = githubTool({
  name: "get_discussion_comments",
  toolset: "discussions",
  description: "List the comments of a discussion, with up to 100 replies of each if you like.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    discussionNumber: s.integer(),
    includeReplies: s.optional(s.boolean()),
    perPage,
    after,
  }),
  output: listUnder("comments"),
  list: "comments",
  async run({ discussionNumber: number, includeReplies = false, ...args }, github, call) {
    const place = { owner: args.owner, repo: args.repo };
    const { repository } = await github.graphql<{
      repository: { discussion: { comments: Comments } };
    }>(DISCUSSION_COMMENTS, {
      ...place,
      number,
      first: args.perPage ?? USUAL_PER_PAGE,
      after: args.after,
      withReplies: includeReplies,
    });
    const { nodes, totalCount, pageInfo } = repository.discussion.comments;
    const { comments, withheld } = await shown(place, nodes, call);
    return {
      data: {
        comments,
        total_count: totalCount,
        ...(pageInfo.hasNextPage && { next_cursor: pageInfo.endCursor }),
      },
      note: withheldNote(withheld),
    };
  },
});

/** Those lockdown lets through: a reply goes by its own author, and goes with the comment it answers. */
async function shown(place: Repository, nodes: readonly DiscussionComment[], call: ToolCall) {
  const { kept, withheld } = await call.shown(place, nodes, authorOf);
  const comments = await Promise.all(kept.map((comment) => withReplies(place, comment, call)));
  const missing = comments.reduce((sum, one) => sum + one.withheld, withheld);
  return { comments: comments.map(({ shape }) => shape), withheld: missing };
}

async function withReplies(
  place: Repository,
  comment: DiscussionComment,
  call: ToolCall,
): Promise<{ readonly shape: JsonMembers; readonly withheld: number }> {
  const shape = discussionComment(comment);
  if (!comment.replies) return { shape, withheld: 0 };
  const { nodes, totalCount: reply_count } = comment.replies;
  const { kept, withheld } = await call.shown(place, nodes, authorOf);
  return { shape: { ...shape, replies: kept.map(discussionComment), reply_count }, withheld };
}

function authorOf({ author }: DiscussionComment): string | undefined {
  return author?.login;
}

interface Comments {
  readonly nodes: readonly DiscussionComment[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
