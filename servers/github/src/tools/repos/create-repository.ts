import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { createdRepository } from "./shared/created-repository.ts";
import { requireDestination } from "./shared/destination.ts";

/** Creates a repository, which nobody else sees unless told. */
export const createRepository = githubTool({
  name: "create_repository",
  toolset: "repos",
  description: "Create a repository, private unless told.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  bound: "results",
  input: s.object({
    name: s.string(),
    description: s.optional(s.string()),
    organization: s.optional(s.string()),
    private: s.optional(s.boolean()),
    autoInit: s.optional(s.boolean()),
  }),
  output: thing,
  async run({ name, organization: org, private: isPrivate = true, ...args }, { rest }, call) {
    await requireDestination(rest, call, org, name);
    const facts = {
      name,
      private: isPrivate,
      auto_init: args.autoInit ?? false,
      ...(args.description !== undefined && { description: args.description }),
    };
    const { data } =
      org === undefined
        ? await rest.repos.createForAuthenticatedUser(facts)
        : await rest.repos.createInOrg({ ...facts, org });
    return { data: createdRepository(data), from: [] };
  },
});
