import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";
import { instant, optionalOwner, optionalRepo } from "./inputs.ts";
import { oneRepository } from "./one-repository.ts";

/** Marks what there is as read, everywhere or in one repository. */
export const markAllNotificationsRead = githubTool({
  name: "mark_all_notifications_read",
  toolset: "notifications",
  description: "Mark all notifications as read, or those of one repository.",
  effect: "writes",
  scopes: ["notifications", "repo"],
  bound: "results",
  input: s.object({ lastReadAt: instant, owner: optionalOwner, repo: optionalRepo }),
  output: thing,
  async run({ lastReadAt, ...names }, { rest }, call) {
    const ask = lastReadAt === undefined ? {} : { last_read_at: lastReadAt };
    const place = oneRepository(names);
    if (place) {
      if (!call.admits(place.owner, place.repo)) throw outside(`${place.owner}/${place.repo}`);
      await rest.activity.markRepoNotificationsAsRead({ ...ask, ...place });
    } else {
      if (call.ctx.deps.allowed.isOn) throw outside("All notifications together");
      await rest.activity.markNotificationsAsRead(ask);
    }
    return { data: { marked: place ? `${place.owner}/${place.repo}` : "all" }, from: [] };
  },
});

function outside(what: string): GitHubError {
  return new GitHubError(
    `${what} is outside what this server may touch; name an owner and repo that are inside.`,
  );
}
