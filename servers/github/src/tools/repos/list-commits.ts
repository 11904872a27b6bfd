import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { authorOf, commitShape } from "../../repos/commit-shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { pathInside, refName, time } from "./shared/arguments.ts";
import { requireLanded } from "./shared/require-landed.ts";

/** Commits, newest first. */
export const listCommits = githubTool({
  name: "list_commits",
  toolset: "repos",
  description: "Commits, newest first.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    sha: s.optional(s.string({ description: "Or branch, tag" })),
    author: s.optional(s.string()),
    path: s.optional(s.string()),
    since: s.optional(s.string()),
    until: s.optional(s.string()),
    page,
    perPage,
  }),
  output: listUnder("commits"),
  list: "commits",
  async run({ owner, repo, page = 1, author, ...args }, github, call) {
    const place = { owner, repo };
    const sha = refName(args.sha || undefined);
    const [since, until] = [time(args.since), time(args.until)];
    const path = args.path === undefined ? undefined : pathInside(args.path);
    await requireLanded(github, place, sha, call);
    const { data, headers } = await github.rest.repos.listCommits({
      ...place,
      page,
      per_page: args.perPage ?? USUAL_PER_PAGE,
      ...(sha && { sha }),
      ...(path && { path }),
      ...(author && { author }),
      ...(since && { since }),
      ...(until && { until }),
    });
    const { kept, withheld } = await call.shown(place, data, authorOf);
    return {
      data: { commits: kept.map(commitShape), ...nextPage(headers) },
      note: withheldNote(withheld),
    };
  },
});
