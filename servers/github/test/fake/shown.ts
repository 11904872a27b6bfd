import { person } from "./context.ts";
import type { FakeRelease, FakeRepository } from "./repository.ts";

/** A repository, as GitHub shows one. */
export function repository(shown: FakeRepository): object {
  const { id, name, fullName, owner, private: isPrivate } = shown;
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    owner: person(owner),
    private: isPrivate,
    visibility: isPrivate ? "private" : "public",
    html_url: `https://github.com/${fullName}`,
    description: shown.description,
    fork: shown.fork,
    archived: false,
    language: null,
    topics: [],
    stargazers_count: shown.stars.size,
    forks_count: 0,
    open_issues_count: 0,
    default_branch: shown.defaultBranch,
    temp_clone_token: "secret-of-a-clone",
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-02T00:00:00Z",
  };
}

/** A commit of its history. */
export function commit(of: FakeRepository, sha: string): object {
  const { message, author, date, parents, tree } = of.objects.commits.get(sha)!;
  const name = author ?? "Somebody";
  const signature = { name, email: `${name}@example.com`, date };
  const html_url = `https://github.com/${of.fullName}/commit/${sha}`;
  return {
    sha,
    html_url,
    commit: { message, author: signature, committer: signature, tree: { sha: tree } },
    author: author === undefined ? null : person(author),
    committer: author === undefined ? null : person(author),
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

/** The files a commit changed against its first parent. */
export function changedFiles(of: FakeRepository, sha: string): object[] {
  const { tree, parents } = of.objects.commits.get(sha)!;
  const before = of.objects.commits.get(parents[0] ?? "");
  const [old, now] = [before ? of.objects.files(before.tree) : new Map(), of.objects.files(tree)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((filename) => {
    const [was, is] = [old.get(filename)?.sha, now.get(filename)?.sha];
    if (was === is) return [];
    const status = was === undefined ? "added" : is === undefined ? "removed" : "modified";
    const text = of.objects.blobs.get(is ?? was ?? "")?.toString() ?? "";
    return [{ filename, status, additions: 1, deletions: 0, changes: 1, patch: `@@\n+${text}` }];
  });
}

/** A release. */
export function release(of: FakeRepository, { author, ...shown }: FakeRelease): object {
  const html_url = `https://github.com/${of.fullName}/releases/tag/${shown.tag_name}`;
  return { ...shown, html_url, author: person(author), assets: [] };
}
