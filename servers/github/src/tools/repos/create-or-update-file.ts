import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { writeFile } from "../../repos/write-file.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { filePath, refName } from "./shared/arguments.ts";

/** Writes one file in a commit of its own. */
export const createOrUpdateFile = githubTool({
  name: "create_or_update_file",
  toolset: "repos",
  description: "Write a file, as plain text; sha is of the file it replaces.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    owner,
    repo,
    path: s.string(),
    content: s.string(),
    message: s.string(),
    branch: s.string(),
    sha: s.optional(s.string()),
    allow_symlink_write: s.optional(s.boolean()),
  }),
  output: thing,
  async run({ owner, repo, allow_symlink_write: isLinkMeant = false, ...args }, github) {
    const write = {
      content: args.content,
      message: args.message,
      path: filePath(args.path),
      branch: refName(args.branch),
      sha: args.sha || undefined,
      isLinkMeant,
    };
    const { content, commit } = await writeFile(github, { owner, repo }, write);
    const { name, path, sha, size, html_url } = content ?? {};
    return {
      data: {
        content: stated({ name, path, sha, size, html_url }),
        commit: stated({ sha: commit.sha, message: commit.message, html_url: commit.html_url }),
      },
    };
  },
});
