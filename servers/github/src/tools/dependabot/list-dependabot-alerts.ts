import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { after, owner, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { listedAlert } from "./alert.ts";

/** The alerts of Dependabot in a repository. */
export const listDependabotAlerts = githubTool({
  name: "list_dependabot_alerts",
  toolset: "dependabot",
  description: "Alerts of Dependabot in a repository, newest first.",
  effect: "reads",
  scopes: ["security_events", "repo"],
  input: s.object({
    owner,
    repo,
    state: s.optional(
      s.enum(["open", "fixed", "dismissed", "auto_dismissed"], { default: "open" }),
    ),
    severity: s.optional(s.enum(["low", "medium", "high", "critical"])),
    after,
    perPage,
  }),
  output: listUnder("alerts"),
  list: "alerts",
  async run({ state = "open", perPage = USUAL_PER_PAGE, ...filter }, { rest }) {
    const ask = { ...filter, state, per_page: perPage };
    const { data, headers } = await rest.dependabot.listAlertsForRepo(ask);
    return { data: { alerts: data.map(listedAlert), ...nextPage(headers) } };
  },
});
