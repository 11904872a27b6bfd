import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { commitOf, defaultBranch, findRef } from "../../repos/refs.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { refName } from "./shared/arguments.ts";

/** Begins a branch. */
export const createBranch = githubTool({
  name: "create_branch",
  toolset: "repos",
  description: "Create a branch.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({ owner, repo, branch: s.string(), from_branch: s.optional(s.string()) }),
  output: thing,
  async run({ owner, repo, branch, from_branch }, github) {
    const place = { owner, repo };
    const from = refName(from_branch) ?? (await defaultBranch(github, place));
    const found = await findRef(github, place, from);
    if (!found) throw new GitHubError(`There is no branch ${from} to begin from.`);
    const sha = await commitOf(github, place, found);
    const ask = { ...place, ref: `refs/heads/${refName(branch)}`, sha };
    const { data } = await github.rest.git.createRef(ask);
    return { data: { ref: data.ref, object: { type: data.object.type, sha: data.object.sha } } };
  },
});
