import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { JsonObject } from "@portico/core";
import { stated } from "../../api/stated.ts";

type Listed = RestEndpointMethodTypes["codeScanning"]["listAlertsForRepo"]["response"]["data"][0];
type Whole = RestEndpointMethodTypes["codeScanning"]["getAlert"]["response"]["data"];

/** An alert in a list: what is wrong and where. */
export function listedAlert({ rule, tool, most_recent_instance, ...alert }: Listed): JsonObject {
  const { ref, location, message } = most_recent_instance;
  return stated({
    number: alert.number,
    state: alert.state,
    rule: rule.id,
    severity: rule.security_severity_level ?? rule.severity,
    description: rule.description,
    tool: tool.name,
    message: message?.text,
    path: location?.path,
    start_line: location?.start_line,
    ref,
    created_at: alert.created_at,
    html_url: alert.html_url,
  });
}

/** An alert with what its rule says, and how it ended. */
export function wholeAlert(alert: Whole): JsonObject {
  const { rule, most_recent_instance: instance } = alert;
  return stated({
    ...listedAlert(alert),
    end_line: instance.location?.end_line,
    commit_sha: instance.commit_sha,
    classifications: instance.classifications?.map((one) => one ?? "none"),
    rule_description: rule.full_description,
    rule_help: rule.help,
    tags: rule.tags,
    updated_at: alert.updated_at,
    fixed_at: alert.fixed_at,
    dismissed_at: alert.dismissed_at,
    dismissed_by: alert.dismissed_by?.login,
    dismissed_reason: alert.dismissed_reason,
    dismissed_comment: alert.dismissed_comment,
  });
}
