import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { defaultBranch, treeish } from "../../repos/refs.ts";
import { refName } from "../repos/shared/arguments.ts";
import { requireLanded } from "../repos/shared/require-landed.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, repo } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** Entries of a tree on a page: GitHub gives all at once, of which an answer has no room for many more. */
const USUAL_ENTRIES = 200;

const TRUNCATED =
  "GitHub left out the rest of a large tree; ask for the trees below it one by one.";

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
    page,
    perPage: s.optional(s.integer({ minimum: 1 })),
  }),
  output: listUnder("tree"),
  list: "tree",
  async run({ owner, repo, recursive = false, path_filter: prefix = "", ...args }, github, call) {
    const place = { owner, repo };
    const given = refName(args.tree_sha || undefined);
    await requireLanded(github, place, given, call);
    const name = given ?? (await defaultBranch(github, place));
    const tree_sha = await treeish(github, place, name);
    const ask = { ...place, tree_sha, ...(recursive && { recursive: "1" }) };
    const { data } = await github.rest.git.getTree(ask);
    const entries = data.tree.filter(({ path }) => path.startsWith(prefix));
    const { page = 1, perPage = USUAL_ENTRIES } = args;
    const end = page * perPage;
    const tree = entries
      .slice(end - perPage, end)
      .map(({ path, type, mode, sha, size }) => stated({ path, type, mode, sha, size }));
    return {
      data: {
        sha: data.sha,
        truncated: data.truncated,
        count: entries.length,
        tree,
        ...(end < entries.length && { next_page: page + 1 }),
      },
      note: data.truncated ? TRUNCATED : undefined,
    };
  },
});
