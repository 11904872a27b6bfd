import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { page, perPage, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { instant, optionalOwner, optionalRepo } from "./inputs.ts";
import { oneRepository } from "./one-repository.ts";
import { mayShowTitle, placeOf, shownThread } from "./thread.ts";

/** What waits for the user. */
export const listNotifications = githubTool({
  name: "list_notifications",
  toolset: "notifications",
  description:
    "The user's notifications: mentions, review requests, assignments. Start here when asked what needs attention.",
  effect: "reads",
  scopes: ["notifications", "repo"],
  bound: "results",
  input: s.object({
    filter: s.optional(s.enum(["default", "include_read_notifications", "only_participating"])),
    since: instant,
    before: instant,
    owner: optionalOwner,
    repo: optionalRepo,
    page,
    perPage,
  }),
  output: listUnder("notifications"),
  list: "notifications",
  async run({ filter, since, before, page, perPage = USUAL_PER_PAGE, ...names }, github, call) {
    const ask = {
      per_page: perPage,
      ...(page !== undefined && { page }),
      ...(since !== undefined && { since }),
      ...(before !== undefined && { before }),
      ...(filter === "include_read_notifications" && { all: true }),
      ...(filter === "only_participating" && { participating: true }),
    };
    const place = oneRepository(names);
    const { activity } = github.rest;
    const { data, headers } = place
      ? await activity.listRepoNotificationsForAuthenticatedUser({ ...ask, ...place })
      : await activity.listNotificationsForAuthenticatedUser(ask);
    const threads = data.filter((thread) => {
      const { owner, repo } = placeOf(thread);
      return call.admits(owner, repo);
    });
    const judged = await Promise.all(threads.map((thread) => mayShowTitle(thread, github, call)));
    const notifications = threads.map((thread, at) => shownThread(thread, judged[at] === true));
    return {
      data: { notifications, ...nextPage(headers) },
      note: withheldNote(judged.filter((mayShow) => !mayShow).length),
      from: threads.map(placeOf),
    };
  },
});
