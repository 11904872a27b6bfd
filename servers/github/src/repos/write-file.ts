import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import { isMissing } from "./refs.ts";
import { type Entry, openTrees } from "./trees.ts";
import { checkWritable } from "./writable.ts";

/** A file to write in a commit of its own. */
interface FileWrite {
  readonly path: string;
  readonly content: string;
  readonly message: string;
  readonly branch: string;
  /** The blob it replaces. */
  readonly sha: string | undefined;
  /** The link at the path is given a new target. */
  readonly isLinkMeant: boolean;
}

/**
 * Writes one file, and never over something else than the caller knows.
 * @throws {GitHubError} also when `sha` is not what is there now
 */
export async function writeFile(github: GitHub, place: Repository, write: FileWrite) {
  const { path, content, message, branch, sha } = write;
  const found = await entryAt(github, place, branch, path);
  await checkWritable(github, place, { ...write, found });
  checkCurrent(write, found);
  const { data } = await github.rest.repos.createOrUpdateFileContents({
    ...place,
    path,
    message,
    branch,
    content: Buffer.from(content).toString("base64"),
    ...(sha !== undefined && { sha }),
  });
  return data;
}

/** What is at a path of a branch; nothing in a repository without any commit. */
async function entryAt(github: GitHub, place: Repository, branch: string, path: string) {
  try {
    const { data } = await github.rest.git.getRef({ ...place, ref: `heads/${branch}` });
    return await openTrees(github, place).at(data.object.sha, path);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 409) return undefined;
    if (!isMissing(error)) throw error;
    throw new GitHubError(`There is no branch ${branch}; create it first.`, 404);
  }
}

function checkCurrent({ path, branch, sha }: FileWrite, found: Entry | undefined): void {
  if (found?.sha === sha) return;
  if (found === undefined) {
    throw new GitHubError(
      `There is no ${path} on ${branch} to replace; leave sha out to create it.`,
    );
  }
  const what = sha === undefined ? "exists" : "has changed";
  throw new GitHubError(
    `${path} ${what}: read it on ${branch}, then replace it with sha ${found.sha}.`,
  );
}
