import { json, notFound, refuse } from "./answers.ts";
import type { TreeEntry } from "./git-objects.ts";
import type { FakeAnswer, FakeRoutes } from "./github.ts";
import { inside, writing } from "./repos.ts";
import type { FakeRepository } from "./repository.ts";

/** What git's own API says in a repository without a commit. */
const EMPTY = refuse(409, "Git Repository is empty.");

const refShown = (found: FakeRepository, name: string): FakeAnswer => {
  const sha = found.refs.get(name);
  if (sha === undefined) return found.refs.size === 0 ? EMPTY : notFound;
  const type = found.objects.tags.has(sha) ? "tag" : "commit";
  return json({ ref: `refs/${name}`, node_id: `REF_${name}`, object: { type, sha } });
};

/** Git's own API: refs, commits, trees, blobs and tags. */
export const gitRoutes: FakeRoutes = {
  "GET /repos/:owner/:repo/git/ref/*ref": inside((found, { params }) =>
    refShown(found, params.ref!),
  ),
  "POST /repos/:owner/:repo/git/refs": writing((found, { body }) => {
    const name = body.ref.slice("refs/".length);
    if (found.refs.has(name)) return refuse(422, "Reference already exists");
    if (!found.objects.commits.has(body.sha)) return refuse(422, "Object does not exist");
    found.refs.set(name, body.sha);
    return { ...refShown(found, name), status: 201 };
  }),
  "PATCH /repos/:owner/:repo/git/refs/*ref": writing((found, { params, body }) => {
    const now = found.refs.get(params.ref!);
    if (now === undefined) return refuse(422, "Reference does not exist");
    const isAhead = found.objects.history(body.sha).includes(now);
    if (!isAhead && body.force !== true) return refuse(422, "Update is not a fast forward");
    found.refs.set(params.ref!, body.sha);
    return refShown(found, params.ref!);
  }),
  "GET /repos/:owner/:repo/git/commits/:sha": inside((found, { params }) => {
    const commit = found.objects.commits.get(params.sha!);
    if (!commit) return notFound;
    return json({ sha: params.sha, message: commit.message, tree: { sha: commit.tree } });
  }),
  "POST /repos/:owner/:repo/git/commits": writing((found, { body, user }) => {
    if (!found.objects.trees.has(body.tree)) return refuse(422, "Tree SHA does not exist");
    const { tree, parents, message } = body;
    const date = found.nextDate();
    const sha = found.objects.commit({ tree, parents, message, author: user.login, date });
    const html_url = `https://github.com/${found.fullName}/commit/${sha}`;
    return json({ sha, html_url, message, tree: { sha: tree } }, 201);
  }),
  "GET /repos/:owner/:repo/git/trees/*sha": inside((found, { params, query }) => {
    const root = found.objects.commits.get(found.resolve(params.sha!) ?? "")?.tree ?? params.sha!;
    if (!found.objects.trees.has(root)) return found.refs.size === 0 ? EMPTY : notFound;
    const entries = query.has("recursive")
      ? deep(found, root, "")
      : [...found.objects.trees.get(root)!];
    const tree = entries.map(([path, { mode, sha }]) => entryShown(found, path, mode, sha));
    return json({ sha: root, tree, truncated: false });
  }),
  "POST /repos/:owner/:repo/git/trees": writing((found, { body }) => {
    const files = found.objects.files(body.base_tree);
    for (const { path, mode, content, sha } of body.tree) {
      if (sha === null && !files.delete(path)) return refuse(422, "GitRPC::BadObjectState");
      if (content !== undefined) files.set(path, { mode, sha: found.objects.blob(content) });
    }
    return json({ sha: found.objects.tree(files) }, 201);
  }),
  "GET /repos/:owner/:repo/git/blobs/:sha": inside((found, { params }) => {
    const blob = found.objects.blobs.get(params.sha!);
    if (!blob) return notFound;
    const content = blob.toString("base64");
    return json({ sha: params.sha, size: blob.byteLength, encoding: "base64", content });
  }),
  "GET /repos/:owner/:repo/git/tags/:sha": inside((found, { params }) => {
    const tag = found.objects.tags.get(params.sha!);
    if (!tag) return notFound;
    const tagger = { name: "Ann", email: "ann@example.com", date: "2026-01-01T00:00:00Z" };
    const { name, message, object } = tag;
    return json({
      sha: params.sha,
      tag: name,
      message,
      tagger,
      object: { type: "commit", sha: object },
    });
  }),
};

function deep(found: FakeRepository, tree: string, prefix: string): [string, TreeEntry][] {
  return [...(found.objects.trees.get(tree) ?? [])].flatMap(([name, entry]) => {
    const here: [string, TreeEntry] = [prefix + name, entry];
    if (entry.mode !== "040000") return [here];
    return [here, ...deep(found, entry.sha, `${prefix}${name}/`)];
  });
}

const TYPES: Readonly<Record<string, string>> = { "040000": "tree", "160000": "commit" };

function entryShown(found: FakeRepository, path: string, mode: string, sha: string): object {
  const size = found.objects.blobs.get(sha)?.byteLength;
  return { path, mode, type: TYPES[mode] ?? "blob", sha, ...(size !== undefined && { size }) };
}
