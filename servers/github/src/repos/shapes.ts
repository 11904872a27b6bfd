import type { RestEndpointMethodTypes } from "@octokit/rest";
import { stated } from "../api/stated.ts";

type Rest = RestEndpointMethodTypes;
type Searched = Rest["search"]["repos"]["response"]["data"]["items"][number];
type Starred = Rest["activity"]["listReposStarredByUser"]["response"]["data"][number];
type Release = Rest["repos"]["getLatestRelease"]["response"]["data"];
type Person = { readonly login?: string } | null | undefined;

/** A repository with what tells it from others. */
export function repositoryShape(repository: Searched | Extract<Starred, { full_name: string }>) {
  return stated({
    id: repository.id,
    name: repository.name,
    full_name: repository.full_name,
    private: repository.private,
    html_url: repository.html_url,
    description: repository.description,
    language: repository.language,
    topics: repository.topics,
    stargazers_count: repository.stargazers_count,
    forks_count: repository.forks_count,
    open_issues_count: repository.open_issues_count,
    fork: repository.fork || undefined,
    archived: repository.archived || undefined,
    default_branch: repository.default_branch,
    created_at: repository.created_at,
    updated_at: repository.updated_at,
  });
}

/** A release. */
export function releaseShape(release: Release) {
  return stated({
    id: release.id,
    tag_name: release.tag_name,
    name: release.name,
    body: release.body,
    html_url: release.html_url,
    published_at: release.published_at,
    prerelease: release.prerelease,
    draft: release.draft,
    author: loginShape(release.author),
    assets: release.assets.map((asset) =>
      stated({
        name: asset.name,
        size: asset.size,
        download_count: asset.download_count,
        browser_download_url: asset.browser_download_url,
      }),
    ),
  });
}

/** An account by its login; nothing where GitHub knows none. */
export function loginShape(person: Person) {
  return person?.login === undefined ? undefined : { login: person.login };
}
