import { s } from "@portico/core";
import { pushChanges } from "../../repos/push.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { filePath, refName } from "./shared/arguments.ts";

/** Removes one file in a commit of its own; the history keeps it. */
export const deleteFile = githubTool({
  name: "delete_file",
  toolset: "repos",
  description: "Remove a file in one commit.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({ owner, repo, path: s.string(), message: s.string(), branch: s.string() }),
  output: thing,
  async run({ owner, repo, path, message, branch }, github) {
    const changes = [{ path: filePath(path), content: null }];
    const push = { branch: refName(branch), message, changes };
    const { sha, html_url } = await pushChanges(github, { owner, repo }, push);
    return { data: { commit: { sha, message, html_url }, content: null } };
  },
});
