import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import { candidateRefs } from "./ref.ts";

/** A ref that exists. */
export interface Ref {
  /** As `refs/heads/main`. */
  readonly name: string;
  /** What it points to, by id and kind: a commit, or an annotated tag. */
  readonly sha: string;
  readonly type: string;
}

/** The ref that a name stands for, a branch before a tag; undefined where there is none. */
export async function findRef(
  { rest }: GitHub,
  place: Repository,
  name: string,
): Promise<Ref | undefined> {
  for (const ref of candidateRefs(name)) {
    try {
      const { data } = await rest.git.getRef({ ...place, ref });
      return { name: data.ref, sha: data.object.sha, type: data.object.type };
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return undefined;
}

/** The name of the branch that a repository shows first. */
export async function defaultBranch({ rest }: GitHub, place: Repository): Promise<string> {
  const { data } = await rest.repos.get({ ...place });
  return data.default_branch;
}

/** Whether GitHub said that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 404;
}

/** The commit at the end of a ref: an annotated tag points to it through an object of its own. */
export async function commitOf({ rest }: GitHub, place: Repository, ref: Ref): Promise<string> {
  if (ref.type !== "tag") return ref.sha;
  const { data } = await rest.git.getTag({ ...place, tag_sha: ref.sha });
  return data.object.sha;
}

/**
 * What git's API takes for the tree of a branch, a tag or a commit: names with a slash, as `refs/heads/main`, by the
 * id of what they point to.
 */
export async function treeish(github: GitHub, place: Repository, name: string): Promise<string> {
  if (!name.includes("/")) return name;
  return (await findRef(github, place, name))?.sha ?? name;
}
