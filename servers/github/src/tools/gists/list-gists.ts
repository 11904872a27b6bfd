import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { listedGist } from "../../repos/gist-shapes.ts";
import { time } from "../repos/shared/arguments.ts";
import { githubTool } from "../shared/github-tool.ts";
import { page, perPage, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { requireOwn } from "./require-own.ts";

/** The gists of the caller, or the public ones of somebody else. */
export const listGists = githubTool({
  name: "list_gists",
  toolset: "gists",
  description: "Your gists, or a user's.",
  effect: "reads",
  scopes: [],
  bound: "outside",
  input: s.object({
    username: s.optional(s.string()),
    since: s.optional(s.string()),
    page,
    perPage,
  }),
  output: listUnder("gists"),
  list: "gists",
  async run({ username, page = 1, perPage: per_page = USUAL_PER_PAGE, ...args }, { rest }, call) {
    if (username) await requireOwn(rest, call, username);
    const since = time(args.since);
    const ask = { page, per_page, ...(since && { since }) };
    const { data, headers } = username
      ? await rest.gists.listForUser({ ...ask, username })
      : await rest.gists.list(ask);
    return { data: { gists: data.map(listedGist), ...nextPage(headers) } };
  },
});
