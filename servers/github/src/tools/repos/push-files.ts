import { s, ToolError } from "@portico/core";
import { clashing } from "../../repos/path.ts";
import { pushChanges } from "../../repos/push.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { filePath, refName } from "./shared/arguments.ts";

/** Writes several files in one commit. */
export const pushFiles = githubTool({
  name: "push_files",
  toolset: "repos",
  description: "Write several files in one commit.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    branch: s.string(),
    files: s.array(s.object({ path: s.string(), content: s.string() })),
    message: s.string(),
  }),
  output: thing,
  async run({ owner, repo, files, message, ...args }, github) {
    const branch = refName(args.branch);
    const changes = files.map(({ path, content }) => ({ path: filePath(path), content }));
    const clash = clashing(changes.map(({ path }) => path));
    if (clash !== undefined) {
      throw new ToolError(`${clash} is there twice in files, or as a file and as a directory.`);
    }
    const pushed = await pushChanges(github, { owner, repo }, { branch, message, changes });
    const { sha, html_url, created_from: from } = pushed;
    const data = { ref: `refs/heads/${branch}`, object: { type: "commit", sha }, html_url };
    return {
      data,
      note: from === undefined ? undefined : `${branch} did not exist; it now begins at ${from}.`,
    };
  },
});
