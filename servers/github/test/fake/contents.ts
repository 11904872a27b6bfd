import { linkTarget } from "../../src/repos/path.ts";
import { json, notFound, paged, refuse } from "./answers.ts";
import type { TreeEntry } from "./git-objects.ts";
import type { FakeAnswer, FakeRequest, FakeRoutes } from "./github.ts";
import { inside, writing } from "./repos.ts";
import type { FakeRepository } from "./repository.ts";
import * as shown from "./shown.ts";

/** Bytes from which on GitHub gives a file's contents only in other media types. */
const LARGE = 1024 * 1024;

/** Entries of a directory that GitHub shows. */
const MOST_ENTRIES = 1_000;

/** Files, and commits as GitHub shows them. */
export const contentsRoutes: FakeRoutes = {
  "GET /repos/:owner/:repo/contents": inside(getContents),
  "GET /repos/:owner/:repo/contents/*path": inside(getContents),
  "PUT /repos/:owner/:repo/contents/*path": writing(putFile),
  "GET /repos/:owner/:repo/commits": inside((found, request) => {
    const { query } = request;
    const from = found.resolve(query.get("sha") ?? found.defaultBranch);
    if (from === undefined)
      return found.refs.size === 0 ? refuse(409, "Git Repository is empty.") : notFound;
    const wanted = found.objects.history(from).filter((sha) => isWanted(found, sha, query));
    return paged(
      request,
      wanted.map((sha) => shown.commit(found, sha)),
    );
  }),
  "GET /repos/:owner/:repo/commits/*ref": inside((found, request) => {
    const sha = found.resolve(request.params.ref!);
    if (sha === undefined) return refuse(422, `No commit found for SHA: ${request.params.ref}`);
    return paged(request, shown.changedFiles(found, sha), (files) => ({
      ...shown.commit(found, sha),
      stats: { additions: files.length, deletions: 0, total: files.length },
      files,
    }));
  }),
  "GET /repos/:owner/:repo/compare/*basehead": inside((found, { params }) => {
    const [base = "", head = ""] = params.basehead!.split("...").map((name) => found.resolve(name));
    if (base === "" || head === "") return notFound;
    if (base === head) return json({ status: "identical", commits: [] });
    const isBefore = found.objects.history(head).includes(base);
    const isAfter = found.objects.history(base).includes(head);
    return json({ status: isBefore ? "ahead" : isAfter ? "behind" : "diverged", commits: [] });
  }),
};

function getContents(found: FakeRepository, { params, query }: FakeRequest): FakeAnswer {
  if (found.refs.size === 0) return refuse(404, "This repository is empty.");
  const commit = found.commitAt(query.get("ref") ?? found.defaultBranch);
  if (!commit) return refuse(404, "No commit found for the ref");
  const path = params.path ?? "";
  const entry = found.objects.at(commit.tree, path);
  return entry ? contentShown(found, commit.tree, path, entry) : notFound;
}

function contentShown(
  found: FakeRepository,
  root: string,
  path: string,
  { mode, sha }: TreeEntry,
): FakeAnswer {
  if (mode === "040000") {
    const entries = [...found.objects.trees.get(sha)!].slice(0, MOST_ENTRIES);
    return json(
      entries.map(([name, entry]) => listed(found, path === "" ? name : `${path}/${name}`, entry)),
    );
  }
  const facts = listed(found, path, { mode, sha });
  if (mode === "160000") {
    return json({ ...facts, type: "submodule", submodule_git_url: found.submodules.get(path) });
  }
  let blob = found.objects.blobs.get(sha)!;
  if (mode === "120000") {
    const target = blob.toString();
    const led = found.objects.at(root, linkTarget(path, target) ?? "\0");
    const behind =
      led?.mode.startsWith("1006") || led?.mode === "100755"
        ? found.objects.blobs.get(led.sha)
        : undefined;
    if (!behind) return json({ ...facts, type: "symlink", target });
    blob = behind;
  }
  const isLarge = blob.byteLength > LARGE;
  return json({
    ...facts,
    type: "file",
    size: blob.byteLength,
    encoding: isLarge ? "none" : "base64",
    // GitHub breaks the lines of base64.
    content: isLarge ? "" : blob.toString("base64").replace(/.{60}/g, "$&\n"),
  });
}

const TYPES: Readonly<Record<string, string>> = { "040000": "dir", "120000": "symlink" };

/** An entry of a directory: a submodule is called a file there. */
function listed(found: FakeRepository, path: string, { mode, sha }: TreeEntry): object {
  const html_url = `https://github.com/${found.fullName}/blob/${found.defaultBranch}/${path}`;
  const size = found.objects.blobs.get(sha)?.byteLength ?? 0;
  const download_url = `https://raw.example/${path}?token=secret-of-a-download`;
  return {
    name: path.split("/").at(-1),
    path,
    sha,
    size,
    type: TYPES[mode] ?? "file",
    html_url,
    download_url,
  };
}

function putFile(found: FakeRepository, { params, body, user }: FakeRequest): FakeAnswer {
  const path = params.path!;
  const commit = found.commitAt(`heads/${body.branch}`);
  if (!commit && found.refs.size > 0) return refuse(404, `Branch ${body.branch} not found`);
  const now = commit && found.objects.at(commit.tree, path);
  if (now && body.sha === undefined)
    return refuse(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (now && body.sha !== now.sha) return refuse(409, `${path} does not match ${body.sha}`);
  const bytes = Buffer.from(body.content, "base64");
  const file = now?.mode === "120000" ? { link: bytes.toString() } : bytes;
  const facts = { branch: body.branch, message: body.message, author: user.login };
  const sha = found.commit({ [path]: file }, facts);
  const entry = found.objects.at(found.commitAt(sha)!.tree, path)!;
  const html_url = `https://github.com/${found.fullName}/commit/${sha}`;
  const made = { sha, message: body.message, html_url };
  return json({ content: listed(found, path, entry), commit: made }, now ? 200 : 201);
}

function isWanted(found: FakeRepository, sha: string, query: URLSearchParams): boolean {
  const { author, date } = found.objects.commits.get(sha)!;
  const [path, by] = [query.get("path"), query.get("author")];
  const [since, until] = [query.get("since"), query.get("until")];
  if (by !== null && by !== author) return false;
  if (since !== null && date < since) return false;
  if (until !== null && date > until) return false;
  if (path === null) return true;
  return shown.changedFiles(found, sha).some((file) => {
    const { filename } = file as { filename: string };
    return filename === path || filename.startsWith(`${path}/`);
  });
}
