import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { listedAlert } from "./alert.ts";
import { shownAlerts } from "./lockdown.ts";

const SEVERITIES = ["critical", "high", "medium", "low", "warning", "note", "error"] as const;

/** The alerts of code scanning in a repository. */
export const listCodeScanningAlerts = githubTool({
  name: "list_code_scanning_alerts",
  toolset: "code_security",
  description: "Alerts of code scanning in a repository, newest first.",
  effect: "reads",
  scopes: ["security_events", "repo"],
  input: s.object({
    owner,
    repo,
    state: s.optional(s.enum(["open", "closed", "dismissed", "fixed"], { default: "open" })),
    severity: s.optional(s.enum(SEVERITIES)),
    ref: s.optional(s.string({ description: "Default: the default branch" })),
    tool_name: s.optional(s.string()),
    page,
    perPage,
  }),
  output: listUnder("alerts"),
  list: "alerts",
  async run({ state = "open", perPage = USUAL_PER_PAGE, ...filter }, { rest }, call) {
    // GitHub takes "closed" as well; the types of its client do not have it.
    const ask = { ...filter, state: state as "open", per_page: perPage };
    const { data, headers } = await rest.codeScanning.listAlertsForRepo(ask);
    const place = { owner: filter.owner, repo: filter.repo };
    const { kept, withheld } = await shownAlerts(place, data, call);
    return {
      data: { alerts: kept.map(listedAlert), ...nextPage(headers) },
      note: withheldNote(withheld),
    };
  },
});
