import { s } from "@portico/core";
import { readContents } from "../../repos/read-contents.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { pathInside, refName } from "./shared/arguments.ts";
import { fileAnswer } from "./shared/file-answer.ts";
import { requireLanded } from "./shared/require-landed.ts";

const line = s.optional(s.integer());

/** A file, or what is in a directory. */
export const getFileContents = githubTool({
  name: "get_file_contents",
  toolset: "repos",
  description: "A file, or the entries of a directory.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    path: s.optional(s.string()),
    ref: s.optional(s.string()),
    sha: s.optional(s.string()),
    start_line: line,
    end_line: line,
  }),
  output: thing,
  list: "entries",
  code: ["content"],
  spellings: { branch: "ref" },
  async run({ owner, repo, start_line, end_line, ...args }, github, call) {
    const place = { owner, repo };
    const path = pathInside(args.path ?? "");
    const ref = refName(args.sha || args.ref || undefined);
    await requireLanded(github, place, ref, call);
    const { contents, instead } = await readContents(github, place, { path, ref });
    const note = instead === undefined ? [] : [`There is no ${ref}; this is of ${instead}.`];
    if (contents.kind === "directory") {
      return { data: { type: "dir", path, entries: contents.entries }, note: note[0] };
    }
    if (contents.kind === "submodule") {
      const { sha, url } = contents;
      return { data: { type: "submodule", path, sha, submodule_git_url: url }, note: note[0] };
    }
    if (contents.kind === "link") {
      const { sha, target, to } = contents;
      const where = to === undefined ? "It leads out of the repository." : `It leads to ${to}.`;
      return { data: { type: "symlink", path, sha, target }, note: [...note, where].join(" ") };
    }
    const lines = { start_line, end_line };
    return fileAnswer(github, place, { file: contents, path, ref: instead ?? ref, lines, note });
  },
});
