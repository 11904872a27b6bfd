import { s } from "@portico/core";
import { type Contents, readContents } from "../../repos/read-contents.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { pathInside, refName } from "./shared/arguments.ts";
import { fileAnswer } from "./shared/file-answer.ts";
import { requireLanded } from "./shared/require-landed.ts";

/** Entries of a directory that GitHub shows, and no page after them. */
const MOST_ENTRIES = 1_000;

const line = s.optional(s.integer());

const CUT = "GitHub shows no more than 1,000 entries here; get_repository_tree shows all.";

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
    if (contents.kind !== "file") {
      const said = [...note, ...remarks(contents)];
      return { data: shape(path, contents), note: said.join(" ") || undefined };
    }
    const lines = { start_line, end_line };
    return fileAnswer(github, place, { file: contents, path, ref: instead ?? ref, lines, note });
  },
});

type NoFile = Exclude<Contents, { kind: "file" }>;

function shape(path: string, contents: NoFile): object {
  if (contents.kind === "directory") return { type: "dir", path, entries: contents.entries };
  const { sha } = contents;
  if (contents.kind === "link") return { type: "symlink", path, sha, target: contents.target };
  return { type: "submodule", path, sha, submodule_git_url: contents.url };
}

function remarks(contents: NoFile): string[] {
  if (contents.kind === "directory") return contents.entries.length < MOST_ENTRIES ? [] : [CUT];
  if (contents.kind === "submodule") return [];
  return [
    contents.to === undefined ? "It leads out of the repository." : `It leads to ${contents.to}.`,
  ];
}
