import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import { nextPage } from "../../api/next-page.ts";
import { stated } from "../../api/stated.ts";
import { commentShape } from "../../issues/shapes.ts";
import { diffPage } from "../../pulls/diff-pages.ts";
import { REVIEW_THREADS, type Thread } from "../../pulls/documents.ts";
import {
  checkShape,
  commitShape,
  fileShape,
  pullShape,
  reviewShape,
  threadShape,
} from "../../pulls/shapes.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { after, owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { withheldError, withheldNote } from "../shared/withheld.ts";

/** Which pull request, and which page of what belongs to it. */
type Place = {
  readonly owner: string;
  readonly repo: string;
  readonly pull_number: number;
  readonly per_page: number;
  readonly page?: number;
  readonly after?: string;
};

type Read = (place: Place, github: GitHub, call: ToolCall) => Promise<Answer>;

const READS = {
  get: async (place, github, call) => ({ data: pullShape(await pullOf(place, github, call)) }),
  get_diff: getDiff,
  get_status: getStatus,
  get_files: getFiles,
  get_commits: getCommits,
  get_review_comments: getThreads,
  get_reviews: getReviews,
  get_comments: getComments,
  get_check_runs: getCheckRuns,
} satisfies Record<string, Read>;

/** Reads one pull request or what belongs to it. */
export const pullRequestRead = githubTool({
  name: "pull_request_read",
  toolset: "pull_requests",
  description: "Read a pull request. get_review_comments lists threads.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    method: s.enum([
      "get",
      "get_diff",
      "get_status",
      "get_files",
      "get_commits",
      "get_review_comments",
      "get_reviews",
      "get_comments",
      "get_check_runs",
    ]),
    owner,
    repo,
    pullNumber: s.integer(),
    page,
    perPage,
    after,
  }),
  output: thing,
  list: "items",
  code: ["diff", "patch"],
  spellings: { pull_number: "pullNumber", per_page: "perPage" },
  run: ({ method, pullNumber, perPage: per_page = USUAL_PER_PAGE, ...rest }, github, call) =>
    READS[method]({ ...rest, pull_number: pullNumber, per_page }, github, call),
});

/** The pull request, unless lockdown withholds it: all that is in it comes from its author. */
async function pullOf(place: Place, github: GitHub, call: ToolCall) {
  const { data } = await github.rest.pulls.get(numbered(place));
  if (!(await call.mayShow(place, data.user?.login))) throw withheldError("pull request");
  return data;
}

async function getDiff(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  await pullOf(place, github, call);
  const found = diffPage(await diffOf(place, github), place.page ?? 1);
  if (!found) throw new GitHubError(`The diff has no page ${place.page}.`);
  return { data: { ...found } };
}

async function diffOf(place: Place, github: GitHub): Promise<string> {
  try {
    const mediaType = { format: "diff" };
    const { data } = await github.rest.pulls.get({ ...numbered(place), mediaType });
    // Asked for another media type the answer is text, whatever its type says.
    return data as unknown as string;
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 406) throw error;
    throw new GitHubError("The diff is too large for GitHub to give; read it with get_files.");
  }
}

async function getStatus(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const { head } = await pullOf(place, github, call);
  const { data, headers } = await github.rest.repos.getCombinedStatusForRef({
    ...paged(place),
    ref: head.sha,
  });
  const items = data.statuses.map(({ state, context, description, target_url, updated_at }) =>
    stated({ state, context, description, target_url, updated_at }),
  );
  const { state, sha, total_count } = data;
  return { data: { state, sha, total_count, items, ...nextPage(headers) } };
}

async function getFiles(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  await pullOf(place, github, call);
  const { data, headers } = await github.rest.pulls.listFiles(withNumber(place));
  return { data: { items: data.map(fileShape), ...nextPage(headers) } };
}

async function getCommits(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  await pullOf(place, github, call);
  const { data, headers } = await github.rest.pulls.listCommits(withNumber(place));
  return { data: { items: data.map(commitShape), ...nextPage(headers) } };
}

async function getThreads(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const { owner, repo, pull_number: number, per_page: first, after } = place;
  const { repository } = await github.graphql<{
    repository: { pullRequest: Reviewed };
  }>(REVIEW_THREADS, { owner, repo, number, first, after });
  const { author, reviewThreads } = repository.pullRequest;
  const { nodes, totalCount, pageInfo } = reviewThreads;
  // Names of files are the words of the pull request's author, whoever talks about them.
  const isPathShown = await call.mayShow(place, author?.login);
  const threads = await Promise.all(
    nodes.map(async (thread) => {
      const comments = thread.comments.nodes;
      const { kept, withheld } = await call.shown(place, comments, ({ author }) => author?.login);
      const { path, ...rest } = threadShape(thread, kept);
      const shape = kept.length === 0 ? [] : [isPathShown ? { path, ...rest } : rest];
      return { shape, withheld };
    }),
  );
  return {
    data: {
      items: threads.flatMap(({ shape }) => shape),
      total_count: totalCount,
      ...(pageInfo.hasNextPage && { next_cursor: pageInfo.endCursor }),
    },
    note: withheldNote(threads.reduce((sum, { withheld }) => sum + withheld, 0)),
  };
}

async function getReviews(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const { data, headers } = await github.rest.pulls.listReviews(withNumber(place));
  const { kept, withheld } = await call.shown(place, data, ({ user }) => user?.login);
  return {
    data: { items: kept.map(reviewShape), ...nextPage(headers) },
    note: withheldNote(withheld),
  };
}

async function getComments(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const issue = { ...paged(place), issue_number: place.pull_number };
  const { data, headers } = await github.rest.issues.listComments(issue);
  const { kept, withheld } = await call.shown(place, data, ({ user }) => user?.login);
  return {
    data: { items: kept.map(commentShape), ...nextPage(headers) },
    note: withheldNote(withheld),
  };
}

async function getCheckRuns(place: Place, github: GitHub, call: ToolCall): Promise<Answer> {
  const { head } = await pullOf(place, github, call);
  const { data, headers } = await github.rest.checks.listForRef({
    ...paged(place),
    ref: head.sha,
  });
  const items = data.check_runs.map(checkShape);
  return { data: { total_count: data.total_count, items, ...nextPage(headers) } };
}

interface Reviewed {
  readonly author: { readonly login: string } | null;
  readonly reviewThreads: Threads;
}

interface Threads {
  readonly nodes: readonly Thread[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

function numbered({ owner, repo, pull_number }: Place) {
  return { owner, repo, pull_number };
}

function paged({ owner, repo, per_page, page }: Place) {
  return { owner, repo, per_page, ...(page !== undefined && { page }) };
}

function withNumber(place: Place) {
  return { ...paged(place), pull_number: place.pull_number };
}
