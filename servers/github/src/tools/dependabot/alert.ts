import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { JsonObject } from "@portico/core";
import { stated } from "../../api/stated.ts";

type Alert = RestEndpointMethodTypes["dependabot"]["getAlert"]["response"]["data"];

/** An alert in a list: which dependency, how bad, and what mends it. */
export function listedAlert(alert: Alert): JsonObject {
  const { dependency, security_advisory: advisory, security_vulnerability: found } = alert;
  return stated({
    number: alert.number,
    state: alert.state,
    package: found.package.name,
    ecosystem: found.package.ecosystem,
    manifest_path: dependency.manifest_path,
    scope: dependency.scope,
    severity: advisory.severity,
    summary: advisory.summary,
    ghsa_id: advisory.ghsa_id,
    vulnerable_version_range: found.vulnerable_version_range,
    first_patched_version: found.first_patched_version?.identifier,
    created_at: alert.created_at,
    html_url: alert.html_url,
  });
}

/** An alert with its advisory, and how it ended. */
export function wholeAlert(alert: Alert): JsonObject {
  const advisory = alert.security_advisory;
  return stated({
    ...listedAlert(alert),
    cve_id: advisory.cve_id,
    description: advisory.description,
    cvss_score: advisory.cvss.score,
    cvss_vector: advisory.cvss.vector_string,
    cwes: advisory.cwes.map(({ cwe_id, name }) => `${cwe_id} ${name}`),
    references: advisory.references.map(({ url }) => url),
    published_at: advisory.published_at,
    withdrawn_at: advisory.withdrawn_at,
    updated_at: alert.updated_at,
    fixed_at: alert.fixed_at,
    auto_dismissed_at: alert.auto_dismissed_at,
    dismissed_at: alert.dismissed_at,
    dismissed_by: alert.dismissed_by?.login,
    dismissed_reason: alert.dismissed_reason,
    dismissed_comment: alert.dismissed_comment,
  });
}
