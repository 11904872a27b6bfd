import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { action } from "./inputs.ts";
import { left, wanted } from "./subscription.ts";

/** Chooses whether more is heard of a repository. */
export const manageRepositoryNotificationSubscription = githubTool({
  name: "manage_repository_notification_subscription",
  toolset: "notifications",
  description: "Ignore or watch a repository, or delete the subscription to it.",
  effect: "writes",
  scopes: ["notifications", "repo"],
  input: s.object({ owner, repo, action }),
  output: thing,
  async run({ owner, repo, action }, { rest }) {
    const place = { owner, repo };
    if (action === "delete") await rest.activity.deleteRepoSubscription(place);
    else await rest.activity.setRepoSubscription({ ...place, ...wanted(action) });
    return { data: { repository: `${owner}/${repo}`, ...left(action) }, from: [] };
  },
});
