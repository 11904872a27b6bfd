import { s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { listedAlert } from "./alert.ts";

const RESOLUTIONS = [
  "false_positive",
  "wont_fix",
  "revoked",
  "pattern_edited",
  "pattern_deleted",
  "used_in_tests",
] as const;

/** The alerts of secret scanning in a repository. */
export const listSecretScanningAlerts = githubTool({
  name: "list_secret_scanning_alerts",
  toolset: "secret_protection",
  description: "Alerts of secret scanning in a repository, newest first; never the secrets.",
  effect: "reads",
  scopes: ["security_events", "repo"],
  input: s.object({
    owner,
    repo,
    state: s.optional(s.enum(["open", "resolved"])),
    secret_type: s.optional(s.string({ description: "Several: with commas" })),
    resolution: s.optional(s.enum(RESOLUTIONS)),
    page,
    perPage,
  }),
  output: listUnder("alerts"),
  list: "alerts",
  async run({ perPage = USUAL_PER_PAGE, ...filter }, { rest }) {
    const ask = { ...filter, per_page: perPage, hide_secret: true };
    const { data, headers } = await rest.secretScanning.listAlertsForRepo(ask);
    return { data: { alerts: data.map(listedAlert), ...nextPage(headers) } };
  },
});
