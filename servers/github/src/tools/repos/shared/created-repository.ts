import type { RestEndpointMethodTypes } from "@octokit/rest";

type Created = RestEndpointMethodTypes["repos"]["createFork"]["response"]["data"];

/** What a tool says of a repository that it just made. */
export function createdRepository({ id, full_name, private: isPrivate, html_url }: Created) {
  return { id: String(id), url: html_url, full_name, private: isPrivate };
}
