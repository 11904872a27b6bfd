import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { withheldError } from "../shared/withheld.ts";
import { wholeAlert } from "./alert.ts";
import { shownAlerts } from "./lockdown.ts";

/** One alert of code scanning. */
export const getCodeScanningAlert = githubTool({
  name: "get_code_scanning_alert",
  toolset: "code_security",
  description: "An alert of code scanning, with its rule and where it was found.",
  effect: "reads",
  scopes: ["security_events", "repo"],
  input: s.object({ owner, repo, alertNumber: s.integer({ minimum: 1 }) }),
  output: thing,
  async run({ owner, repo, alertNumber }, { rest }, call) {
    const alert = { owner, repo, alert_number: alertNumber };
    const { data } = await rest.codeScanning.getAlert(alert);
    const { withheld } = await shownAlerts({ owner, repo }, [data], call);
    if (withheld > 0) throw withheldError("alert");
    return { data: wholeAlert(data) };
  },
});
