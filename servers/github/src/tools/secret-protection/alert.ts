import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { JsonObject } from "@portico/core";
import { stated } from "../../api/stated.ts";

type Alert = RestEndpointMethodTypes["secretScanning"]["getAlert"]["response"]["data"];

/** An alert in a list. The secret itself is no part of it: whoever revokes it finds it on GitHub. */
export function listedAlert(alert: Alert): JsonObject {
  return stated({
    number: alert.number,
    state: alert.state,
    secret_type: alert.secret_type,
    secret_type_name: alert.secret_type_display_name,
    validity: alert.validity,
    publicly_leaked: alert.publicly_leaked,
    multi_repo: alert.multi_repo,
    resolution: alert.resolution,
    created_at: alert.created_at,
    html_url: alert.html_url,
  });
}

/** An alert with where the secret was found first, and how it ended. */
export function wholeAlert(alert: Alert): JsonObject {
  return stated({
    ...listedAlert(alert),
    ...placeOf(alert.first_location_detected),
    has_more_locations: alert.has_more_locations,
    push_protection_bypassed: alert.push_protection_bypassed,
    push_protection_bypassed_by: alert.push_protection_bypassed_by?.login,
    push_protection_bypassed_at: alert.push_protection_bypassed_at,
    resolved_at: alert.resolved_at,
    resolved_by: alert.resolved_by?.login,
    resolution_comment: alert.resolution_comment,
    updated_at: alert.updated_at,
  });
}

function placeOf(place: Alert["first_location_detected"]): JsonObject {
  if (!place) return {};
  if ("path" in place) {
    const { path, start_line, end_line, commit_sha } = place;
    return stated({ path, start_line, end_line, commit_sha });
  }
  // Elsewhere it is the address of an issue, a comment, a review and so on, under a name for each.
  const address = Object.values(place).find((value) => typeof value === "string");
  return stated({ found_in: address as string | undefined });
}
