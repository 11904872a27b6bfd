import { s } from "@portico/core";
import { wholeGist } from "../../repos/gist-shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { listUnder } from "../shared/outputs.ts";
import { requireOwn } from "./require-own.ts";

/** A gist with its files. */
export const getGist = githubTool({
  name: "get_gist",
  toolset: "gists",
  description: "A gist and its files.",
  effect: "reads",
  scopes: [],
  bound: "outside",
  input: s.object({ gist_id: s.string() }),
  output: listUnder("files"),
  list: "files",
  code: ["content"],
  async run({ gist_id }, { rest }, call) {
    const { data } = await rest.gists.get({ gist_id });
    await requireOwn(rest, call, data.owner?.login);
    const note = "GitHub left out the rest of its files.";
    return { data: wholeGist(data), ...(data.truncated && { note }) };
  },
});
