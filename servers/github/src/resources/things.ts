import {
  type ChangeDetector,
  type Completer,
  type Context,
  type JsonObject,
  ResourceNotFound,
  type ResourceSource,
  resourceTemplate,
} from "@portico/core";
import type { Deps } from "../deps.ts";
import { issueRead } from "../tools/issues/issue-read.ts";
import { listIssues } from "../tools/issues/list-issues.ts";
import { listPullRequests } from "../tools/pull-requests/list-pull-requests.ts";
import { pullRequestRead } from "../tools/pull-requests/pull-request-read.ts";
import { getReleaseByTag } from "../tools/repos/get-release-by-tag.ts";
import { listCommits } from "../tools/repos/list-commits.ts";
import { listReleases } from "../tools/repos/list-releases.ts";
import type { GitHubTool } from "../tools/shared/github-tool.ts";
import { askTool } from "./ask-tool.ts";
import {
  completeIssue,
  completeOwner,
  completePull,
  completeRepo,
  completeTag,
} from "./complete.ts";
import type { Variables } from "./templates.ts";
import { type Route, watchRoute } from "./watch.ts";

/** A kind of thing in a repository: the tool that shows it, and the route whose answer changes when it does. */
interface Kind {
  /** After `github://repos/{owner}/{repo}/`. */
  readonly path: string;
  readonly name: string;
  readonly title: string;
  readonly tool: GitHubTool;
  readonly args: (variables: Variables) => JsonObject;
  readonly route: (variables: Variables) => Route;
  readonly complete?: Readonly<Record<string, Completer<Deps>>>;
}

const LATEST = { per_page: "30", state: "open", sort: "updated", direction: "desc" };

const KINDS: readonly Kind[] = [
  {
    path: "issues",
    name: "issues",
    title: "Open issues",
    tool: listIssues,
    args: () => ({ state: "OPEN", orderBy: "UPDATED_AT", direction: "DESC" }),
    route: () => ["GET /repos/{owner}/{repo}/issues", LATEST],
  },
  {
    path: "issues/{number}",
    name: "issue",
    title: "An issue",
    tool: issueRead,
    args: ({ number }) => ({ method: "get", issue_number: Number(number) }),
    route: ({ number = "" }) => ["GET /repos/{owner}/{repo}/issues/{number}", { number }],
    complete: { number: completeIssue },
  },
  {
    path: "issues/{number}/comments",
    name: "issue_comments",
    title: "The comments of an issue or a pull request",
    tool: issueRead,
    args: ({ number }) => ({ method: "get_comments", issue_number: Number(number) }),
    route: ({ number = "" }) => ["GET /repos/{owner}/{repo}/issues/{number}/comments", { number }],
    complete: { number: completeIssue },
  },
  {
    path: "pulls",
    name: "pulls",
    title: "Open pull requests",
    tool: listPullRequests,
    args: () => ({ state: "open", sort: "updated" }),
    route: () => ["GET /repos/{owner}/{repo}/pulls", LATEST],
  },
  {
    path: "pulls/{number}",
    name: "pull",
    title: "A pull request",
    tool: pullRequestRead,
    args: ({ number }) => ({ method: "get", pullNumber: Number(number) }),
    route: ({ number = "" }) => ["GET /repos/{owner}/{repo}/pulls/{number}", { number }],
    complete: { number: completePull },
  },
  {
    path: "pulls/{number}/files",
    name: "pull_files",
    title: "What a pull request changes",
    tool: pullRequestRead,
    args: ({ number }) => ({ method: "get_files", pullNumber: Number(number) }),
    route: ({ number = "" }) => ["GET /repos/{owner}/{repo}/pulls/{number}/files", { number }],
    complete: { number: completePull },
  },
  {
    path: "releases",
    name: "releases",
    title: "Releases",
    tool: listReleases,
    args: () => ({}),
    route: () => ["GET /repos/{owner}/{repo}/releases", {}],
  },
  {
    path: "releases/{tag}",
    name: "release",
    title: "A release",
    tool: getReleaseByTag,
    args: ({ tag = "" }) => ({ tag }),
    route: ({ tag = "" }) => ["GET /repos/{owner}/{repo}/releases/tags/{tag}", { tag }],
    complete: { tag: completeTag },
  },
  {
    path: "commits",
    name: "commits",
    title: "Latest commits",
    tool: listCommits,
    args: () => ({}),
    route: () => ["GET /repos/{owner}/{repo}/commits", {}],
  },
];

/** What happens in repositories: issues, pull requests, releases and commits as JSON, as the tools show them. */
export function thingResources(detector: ChangeDetector): ResourceSource<Deps>[] {
  return KINDS.map((kind) => things(detector, kind));
}

function things(detector: ChangeDetector, kind: Kind): ResourceSource<Deps> {
  const uriTemplate = `github://repos/{owner}/{repo}/${kind.path}`;
  return resourceTemplate<Deps>({
    uriTemplate,
    name: kind.name,
    title: kind.title,
    mimeType: "application/json",
    complete: { owner: completeOwner, repo: completeRepo, ...kind.complete },
    read: (variables, ctx, uri) => read(kind, variables, ctx, uri),
    watch(uri, changed, ctx) {
      const routeOf = (variables: Variables) => {
        requireNumber(variables, uri);
        return kind.route(variables);
      };
      const watchable = { template: uriTemplate, as: kind.tool, routeOf };
      return watchRoute(detector, watchable, uri, changed, ctx);
    },
  });
}

async function read(kind: Kind, variables: Variables, ctx: Context<Deps>, uri: string) {
  requireNumber(variables, uri);
  const { owner = "", repo = "" } = variables;
  const { data, meta } = await askTool(kind.tool, { owner, repo, ...kind.args(variables) }, ctx, {
    uri,
  });
  const contents = JSON.stringify(data, null, 2);
  return { contents, mimeType: "application/json", meta };
}

/** @throws {ResourceNotFound} when what should be a number is none */
function requireNumber({ number }: Variables, uri: string): void {
  if (number !== undefined && !/^[1-9]\d{0,14}$/.test(number)) throw new ResourceNotFound(uri);
}
