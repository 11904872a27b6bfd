import { s, ToolError } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { BLAME, type BlameAnswer, type BlamedLines, rangesOf, within } from "../../repos/blame.ts";
import { githubTool } from "../shared/github-tool.ts";
import { after, owner, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { filePath, refName } from "./shared/arguments.ts";
import { requireLanded } from "./shared/require-landed.ts";

const line = s.optional(s.integer());

/** Who last changed the lines of a file. GitHub has no pages of this; they are made here. */
export const getFileBlame = githubTool({
  name: "get_file_blame",
  toolset: "repos",
  isRare: true,
  description: "The commits that last changed the lines of a file.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    path: s.string(),
    ref: s.optional(s.string()),
    start_line: line,
    end_line: line,
    perPage,
    after,
  }),
  output: listUnder("ranges"),
  list: "ranges",
  async run(
    { owner, repo, start_line, end_line, perPage = USUAL_PER_PAGE, ...args },
    github,
    call,
  ) {
    const place = { owner, repo };
    const path = filePath(args.path);
    const ref = refName(args.ref || undefined);
    await requireLanded(github, place, ref, call);
    const asked = { ...place, path, ref: ref ?? "HEAD" };
    const ranges = rangesOf(await github.graphql<BlameAnswer>(BLAME, asked));
    if (!ranges) throw new ToolError(`${asked.ref} names no commit of ${owner}/${repo}.`);
    const wanted = within(ranges, { start_line, end_line });
    const from = offsetOf(args.after);
    const page = wanted.slice(from, from + perPage);
    const { kept, withheld } = await call.shown(place, page, loginOf);
    return {
      data: {
        path,
        ref: asked.ref,
        ranges: kept.map(rangeShape),
        commits: Object.fromEntries(kept.map(({ commit }) => [commit.oid, commitShape(commit)])),
        total_ranges: wanted.length,
        ...(from + perPage < wanted.length && { next_cursor: String(from + perPage) }),
      },
      note: withheldNote(withheld),
    };
  },
});

function offsetOf(cursor = "0"): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new ToolError("after is the next_cursor of the answer before.");
}

function loginOf({ commit }: BlamedLines): string | undefined {
  return commit.author?.user?.login;
}

function rangeShape({ startingLine, endingLine, age, commit }: BlamedLines) {
  return { starting_line: startingLine, ending_line: endingLine, age, commit_sha: commit.oid };
}

function commitShape({ oid, messageHeadline, committedDate, author }: BlamedLines["commit"]) {
  return {
    sha: oid,
    message_headline: messageHeadline,
    committed_date: committedDate,
    author: stated({ name: author?.name, email: author?.email, login: author?.user?.login }),
  };
}
