import { GitHubError } from "./error.ts";
import type { GitHub, Repository } from "./github.ts";

/** Who can read a repository. `internal` counts as private: not everybody can. */
export async function isPublic(github: GitHub, { owner, repo }: Repository): Promise<boolean> {
  try {
    const { data } = await github.rest.repos.get({ owner, repo });
    return data.visibility === undefined ? !data.private : data.visibility === "public";
  } catch (error) {
    // What cannot be seen at all is taken for private, which is the careful answer everywhere it is asked.
    if (error instanceof GitHubError && error.status === 404) return false;
    throw error;
  }
}
