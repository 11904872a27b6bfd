import type { RestEndpointMethodTypes } from "@octokit/rest";
import { seenIn } from "@portico/remote-api";
import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import { linkTarget } from "./path.ts";
import { isSha } from "./ref.ts";
import { defaultBranch, findRef, isMissing, treeish } from "./refs.ts";

type Content = RestEndpointMethodTypes["repos"]["getContent"]["response"]["data"];
type File = Extract<Content, { type: "file" }>;

/** One entry of a directory. */
export interface Listed {
  readonly type: string;
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly sha: string;
}

/** What is at a path. */
export type Contents =
  | { readonly kind: "directory"; readonly entries: readonly Listed[] }
  | { readonly kind: "link"; readonly sha: string; readonly target: string; readonly to?: string }
  | { readonly kind: "submodule"; readonly sha: string; readonly url: string }
  | {
      readonly kind: "file";
      readonly name: string;
      readonly path: string;
      readonly sha: string;
      readonly size: number;
      readonly html_url: string | null;
      /** Absent where GitHub gives none for its size. */
      readonly bytes?: Uint8Array;
    };

/** Contents, and the branch they are of when it is another than was asked for. */
export interface Found {
  readonly contents: Contents;
  readonly instead?: string;
}

/** Where to look. */
interface Spot {
  readonly path: string;
  /** A branch, tag or commit; the default branch when absent. */
  readonly ref: string | undefined;
}

/** Branches that are asked for by habit, whatever a repository calls its own. */
const HABITS = new Set(["main", "master", "refs/heads/main", "refs/heads/master"]);

/**
 * What is at a path of a repository. A link to a file in the repository is read as that file.
 * @throws {GitHubError} where there is nothing, with what may have been meant
 */
export async function readContents(github: GitHub, place: Repository, spot: Spot): Promise<Found> {
  try {
    return { contents: await contentsAt(github, place, spot) };
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const { path, ref } = spot;
  const usual = await defaultBranch(github, place);
  const isKnown = ref === undefined || isSha(ref) || (await findRef(github, place, ref));
  if (isKnown) throw await nothingAt(github, place, path, ref ?? usual);
  if (!HABITS.has(ref)) {
    throw new GitHubError(`There is no branch or tag ${ref}; the default branch is ${usual}.`, 404);
  }
  return { contents: await contentsAt(github, place, { path, ref: usual }), instead: usual };
}

async function contentsAt({ rest }: GitHub, place: Repository, spot: Spot): Promise<Contents> {
  const { path, ref } = spot;
  const ask = { ...place, path, ...(ref !== undefined && { ref }) };
  const { data } = await rest.repos.getContent(ask);
  if (Array.isArray(data)) return { kind: "directory", entries: data.map(listed) };
  if (data.type === "submodule") {
    return { kind: "submodule", sha: data.sha, url: data.submodule_git_url };
  }
  if (data.type === "symlink") {
    const to = linkTarget(path, data.target);
    return { kind: "link", sha: data.sha, target: data.target, ...(to !== undefined && { to }) };
  }
  return file(data as File);
}

function file({ name, path, sha, size, html_url, content, encoding }: File): Contents {
  const isGiven = encoding === "base64" && (content !== "" || size === 0);
  const bytes = isGiven ? { bytes: Buffer.from(content, "base64") } : {};
  return { kind: "file", name, path, sha, size, html_url, ...bytes };
}

function listed({ type, name, path, size, sha }: Listed): Listed {
  return { type, name, path, size, sha };
}

async function nothingAt(github: GitHub, place: Repository, path: string, ref: string) {
  if (path === "") return new GitHubError("The repository is empty.", 404);
  const near = await pathsLike(github, place, path, ref).then(seenIn, () => []);
  const meant = near.length === 0 ? "" : `; there is ${near.join(", ")}`;
  return new GitHubError(`There is no ${path} at ${ref}${meant}.`, 404);
}

/** Up to three paths that end like `path`. */
async function pathsLike(github: GitHub, place: Repository, path: string, ref: string) {
  const tree_sha = await treeish(github, place, ref);
  const { data } = await github.rest.git.getTree({ ...place, tree_sha, recursive: "1" });
  const end = `/${path}`.toLowerCase();
  const name = end.slice(end.lastIndexOf("/"));
  const paths = data.tree.map((entry) => entry.path);
  const ending = (tail: string) => paths.filter((one) => `/${one}`.toLowerCase().endsWith(tail));
  const same = ending(end);
  return (same.length > 0 ? same : ending(name)).slice(0, 3);
}
