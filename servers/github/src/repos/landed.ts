import type { GitHub, Repository } from "../api/github.ts";
import { isSha } from "./ref.ts";
import { defaultBranch, findRef } from "./refs.ts";

/**
 * Whether what `ref` names came into the repository through somebody who may push: a branch, a tag, or a commit
 * before the end of the default branch. Commits of pull requests and forks can be read by their ids as well, and say
 * of their author what they like.
 */
export async function hasLanded(
  github: GitHub,
  place: Repository,
  ref: string | undefined,
): Promise<boolean> {
  if (ref === undefined || ref === "HEAD") return true;
  if (!isSha(ref)) {
    const found = await findRef(github, place, ref);
    return found !== undefined && /^refs\/(heads|tags)\//.test(found.name);
  }
  const basehead = `${ref}...${await defaultBranch(github, place)}`;
  const ask = { ...place, basehead, per_page: 1 };
  const { data } = await github.rest.repos.compareCommitsWithBasehead(ask);
  return data.status === "ahead" || data.status === "identical";
}
