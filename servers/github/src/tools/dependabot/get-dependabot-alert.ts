import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { wholeAlert } from "./alert.ts";

/** One alert of Dependabot. */
export const getDependabotAlert = githubTool({
  name: "get_dependabot_alert",
  toolset: "dependabot",
  description: "An alert of Dependabot, with its advisory.",
  effect: "reads",
  scopes: ["security_events", "repo"],
  input: s.object({ owner, repo, alertNumber: s.integer({ minimum: 1 }) }),
  output: thing,
  async run({ owner, repo, alertNumber }, { rest }) {
    const alert = { owner, repo, alert_number: alertNumber };
    return { data: wholeAlert((await rest.dependabot.getAlert(alert)).data) };
  },
});
