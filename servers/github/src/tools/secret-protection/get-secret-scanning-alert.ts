import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { wholeAlert } from "./alert.ts";

/** One alert of secret scanning. */
export const getSecretScanningAlert = githubTool({
  name: "get_secret_scanning_alert",
  toolset: "secret_protection",
  description: "An alert of secret scanning and where it was found; never the secret.",
  effect: "reads",
  scopes: ["security_events", "repo"],
  input: s.object({ owner, repo, alertNumber: s.integer({ minimum: 1 }) }),
  output: thing,
  async run({ owner, repo, alertNumber }, { rest }) {
    const alert = { owner, repo, alert_number: alertNumber, hide_secret: true };
    return { data: wholeAlert((await rest.secretScanning.getAlert(alert)).data) };
  },
});
