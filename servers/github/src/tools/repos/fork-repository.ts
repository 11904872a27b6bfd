import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { createdRepository } from "./shared/created-repository.ts";
import { requireDestination } from "./shared/destination.ts";

/** Copies a repository to the caller's account or to an organization. */
export const forkRepository = githubTool({
  name: "fork_repository",
  toolset: "repos",
  description: "Fork a repository.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({ owner, repo, organization: s.optional(s.string()) }),
  output: thing,
  async run({ owner, repo, organization }, { rest }, call) {
    await requireDestination(rest, call, organization, repo);
    const ask = { owner, repo, ...(organization !== undefined && { organization }) };
    const { data } = await rest.repos.createFork(ask);
    return {
      data: createdRepository(data),
      note: "GitHub copies it in the background; its files may take a moment.",
    };
  },
});
