import { jsonSchema, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { GitHub } from "../../api/github.ts";
import { nextPage } from "../../api/next-page.ts";
import { LIST_ISSUES, type ListedIssue } from "../../issues/documents.ts";
import { type FieldFilter, fieldFilter, issueFields } from "../../issues/fields.ts";
import { issueShape, listedIssue } from "../../issues/shapes.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { owner, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";

/** How the issues are found: the words are GitHub's in any case. */
interface Wanted {
  readonly owner: string;
  readonly repo: string;
  readonly state: "OPEN" | "CLOSED" | "ALL";
  readonly orderBy: "CREATED_AT" | "UPDATED_AT" | "COMMENTS";
  readonly direction: "ASC" | "DESC";
  readonly labels: string[] | undefined;
  readonly since: string | undefined;
  readonly perPage: number;
  readonly after: string | undefined;
}

/** A cursor, or the number of a page where REST counts them. */
const after = s.optional(jsonSchema<string | number>({ type: ["string", "integer"] }));

/** Lists the issues of a repository. */
export const listIssues = githubTool({
  name: "list_issues",
  toolset: "issues",
  description: "List a repository's issues.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    state: s.optional(s.string({ description: "OPEN or CLOSED" })),
    labels: s.optional(s.array(s.string())),
    since: s.optional(s.string()),
    field_filters: s.optional(
      s.array(jsonSchema<FieldFilter>({ type: "object" }), {
        description: "Each field_name and value",
      }),
    ),
    orderBy: s.optional(s.string({ description: "CREATED_AT, UPDATED_AT or COMMENTS" })),
    direction: s.optional(s.string()),
    perPage,
    after,
  }),
  output: listUnder("issues"),
  list: "issues",
  spellings: { sort: "orderBy", per_page: "perPage", page: "after" },
  run({ field_filters: filters = [], ...args }, github, call) {
    const wanted: Wanted = {
      owner: args.owner,
      repo: args.repo,
      state: oneOf("state", args.state ?? "ALL", ["OPEN", "CLOSED", "ALL"]),
      orderBy: oneOf("orderBy", order(args.orderBy), ["CREATED_AT", "UPDATED_AT", "COMMENTS"]),
      direction: oneOf("direction", args.direction ?? "DESC", ["ASC", "DESC"]),
      labels: args.labels,
      since: args.since,
      perPage: args.perPage ?? USUAL_PER_PAGE,
      after: args.after === undefined ? undefined : String(args.after),
    };
    const isPage = /^\d+$/.test(wanted.after ?? "");
    if (filters.length === 0 && !isPage) return byGraphql(wanted, github, call);
    return byRest(wanted, filters, github, call);
  },
});

async function byGraphql(wanted: Wanted, github: GitHub, call: ToolCall): Promise<Answer> {
  const { owner, repo, labels, since, state } = wanted;
  const { repository } = await github.graphql<{ repository: { issues: Listed } }>(LIST_ISSUES, {
    owner,
    repo,
    first: wanted.perPage,
    after: wanted.after,
    orderBy: { field: wanted.orderBy, direction: wanted.direction },
    filterBy: { labels, since, ...(state !== "ALL" && { states: [state] }) },
  });
  const { nodes, totalCount, pageInfo } = repository.issues;
  const { kept, withheld } = await call.shown(wanted, nodes, ({ author }) => author?.login);
  return {
    data: {
      issues: kept.map(listedIssue),
      total_count: totalCount,
      ...(pageInfo.hasNextPage && { next_cursor: pageInfo.endCursor }),
    },
    note: withheldNote(withheld),
  };
}

/** What GraphQL does not know: fields of issues, and pages by number. */
async function byRest(
  wanted: Wanted,
  filters: readonly FieldFilter[],
  github: GitHub,
  call: ToolCall,
): Promise<Answer> {
  const { owner, repo, state, orderBy, direction, since, labels } = wanted;
  const { data, headers } = await github.rest.issues.listForRepo({
    owner,
    repo,
    state: state.toLowerCase() as "open" | "closed" | "all",
    sort: orderBy.toLowerCase().replace("_at", "") as "created" | "updated" | "comments",
    direction: direction.toLowerCase() as "asc" | "desc",
    per_page: wanted.perPage,
    page: Number(wanted.after ?? 1),
    ...(since !== undefined && { since }),
    ...(labels && { labels: labels.join(",") }),
    ...(filters.length > 0 && {
      issue_field_values: fieldFilter(filters, await issueFields(github, owner)),
    }),
  });
  const issues = data.filter(({ pull_request: pull }) => pull === undefined);
  const { kept, withheld } = await call.shown(wanted, issues, ({ user }) => user?.login);
  const { next_page: next } = nextPage(headers);
  return {
    data: {
      issues: kept.map(issueShape),
      ...(next !== undefined && { next_cursor: String(next) }),
    },
    note: withheldNote(withheld),
  };
}

/** `created` is how REST, and the archived server with it, calls `CREATED_AT`. */
function order(given = "CREATED_AT"): string {
  return /^(created|updated)$/i.test(given) ? `${given}_at` : given;
}

function oneOf<const Name extends string>(
  argument: string,
  given: string,
  names: readonly Name[],
): Name {
  const found = names.find((name) => name === given.toUpperCase());
  if (found) return found;
  throw new GitHubError(`${argument} is one of ${names.join(", ")}.`);
}

interface Listed {
  readonly nodes: readonly ListedIssue[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
