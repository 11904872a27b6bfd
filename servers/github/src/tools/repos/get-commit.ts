import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { authorOf, commitWithFiles, DETAILS } from "../../repos/commit-shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { withheldError } from "../shared/withheld.ts";
import { refName } from "./shared/arguments.ts";
import { requireLanded } from "./shared/require-landed.ts";

/** One commit and what it changed; its files are the pages. */
export const getCommit = githubTool({
  name: "get_commit",
  toolset: "repos",
  description: "A commit and the files it changed.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    sha: s.string({ description: "Or branch, tag" }),
    detail: s.optional(s.enum(DETAILS)),
    page,
    perPage,
  }),
  output: thing,
  code: ["patch"],
  async run({ owner, repo, detail = "stats", page = 1, ...args }, github, call) {
    const place = { owner, repo };
    const ref = refName(args.sha);
    await requireLanded(github, place, ref, call);
    const per_page = args.perPage ?? USUAL_PER_PAGE;
    const { data, headers } = await github.rest.repos.getCommit({ ...place, ref, page, per_page });
    if (!(await call.mayShow(place, authorOf(data)))) throw withheldError("commit");
    return { data: { ...commitWithFiles(data, detail), ...nextPage(headers) } };
  },
});
