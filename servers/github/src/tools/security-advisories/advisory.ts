import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { JsonObject } from "@portico/core";
import { stated } from "../../api/stated.ts";

type Methods = RestEndpointMethodTypes["securityAdvisories"];
type Global = Methods["listGlobalAdvisories"]["response"]["data"][0];

/** An advisory of a repository, as GitHub gives it. */
export type RepositoryAdvisory = Methods["listRepositoryAdvisories"]["response"]["data"][0];

/** A global advisory in a list: what it is about, and how bad. */
export function listedGlobal(advisory: Global): JsonObject {
  return stated({
    ghsa_id: advisory.ghsa_id,
    cve_id: advisory.cve_id,
    type: advisory.type,
    severity: advisory.severity,
    summary: advisory.summary,
    affects: (advisory.vulnerabilities ?? []).map(({ package: affected, ...found }) =>
      stated({
        ecosystem: affected?.ecosystem,
        package: affected?.name,
        range: found.vulnerable_version_range,
        patched: found.first_patched_version,
      }),
    ),
    published_at: advisory.published_at,
    withdrawn_at: advisory.withdrawn_at,
    html_url: advisory.html_url,
  });
}

/** A global advisory with its text. */
export function wholeGlobal(advisory: Global): JsonObject {
  return stated({
    ...listedGlobal(advisory),
    description: advisory.description,
    cvss_score: advisory.cvss?.score,
    cvss_vector: advisory.cvss?.vector_string,
    cwes: advisory.cwes?.map(({ cwe_id, name }) => `${cwe_id} ${name}`),
    references: advisory.references,
    source_code_location: advisory.source_code_location,
    updated_at: advisory.updated_at,
    github_reviewed_at: advisory.github_reviewed_at,
  });
}

/** An advisory of a repository, with its text. */
export function repositoryAdvisory(advisory: RepositoryAdvisory): JsonObject {
  return stated({
    ghsa_id: advisory.ghsa_id,
    cve_id: advisory.cve_id,
    state: advisory.state,
    severity: advisory.severity,
    summary: advisory.summary,
    description: advisory.description,
    affects: (advisory.vulnerabilities ?? []).map(({ package: affected, ...found }) =>
      stated({
        ecosystem: affected?.ecosystem,
        package: affected?.name,
        range: found.vulnerable_version_range,
        patched: found.patched_versions,
      }),
    ),
    cwe_ids: advisory.cwe_ids,
    author: advisory.author?.login,
    created_at: advisory.created_at,
    updated_at: advisory.updated_at,
    published_at: advisory.published_at,
    html_url: advisory.html_url,
  });
}

/** Who answers for what an advisory of a repository says: anybody may report one, a maintainer publishes it. */
export function answersFor({ publisher, author }: RepositoryAdvisory): string | undefined {
  return (publisher ?? author)?.login;
}
