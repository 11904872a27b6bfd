import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { defaultBranch, treeish } from "../../repos/refs.ts";
import { refName } from "../repos/shared/arguments.ts";
import { requireLanded } from "../repos/shared/require-landed.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** The files and directories of a repository at once. */
export const getRepositoryTree = githubTool({
  name: "get_repository_tree",
  toolset: "git",
  description: "Files and directories, at once with `recursive`.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    tree_sha: s.optional(s.string({ description: "Or branch, tag" })),
    recursive: s.optional(s.boolean()),
    path_filter: s.optional(s.string({ description: "How their paths begin" })),
  }),
  output: listUnder("tree"),
  list: "tree",
  async run({ owner, repo, recursive = false, path_filter: prefix = "", ...args }, github, call) {
    const place = { owner, repo };
    const given = refName(args.tree_sha || undefined);
    await requireLanded(github, place, given, call);
    const tree_sha = await treeish(github, place, given ?? (await defaultBranch(github, place)));
    const ask = { ...place, tree_sha, ...(recursive && { recursive: "1" }) };
    const { data } = await github.rest.git.getTree(ask);
    const tree = data.tree
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ path, type, mode, sha, size }) => stated({ path, type, mode, sha, size }));
    const note = "GitHub left out the rest of a large tree; ask for the trees below it one by one.";
    return {
      data: { sha: data.sha, truncated: data.truncated, count: tree.length, tree },
      ...(data.truncated && { note }),
    };
  },
});
