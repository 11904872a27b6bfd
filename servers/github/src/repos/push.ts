import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import { defaultBranch, isMissing } from "./refs.ts";
import { type Entry, MODES, openTrees } from "./trees.ts";
import { checkWritable } from "./writable.ts";

/** What a commit does to a path: its new text, or null to remove it. */
export interface Change {
  readonly path: string;
  readonly content: string | null;
}

/** A commit to make on a branch. */
interface Push {
  readonly branch: string;
  readonly message: string;
  readonly changes: readonly Change[];
}

/** The commit that a branch now ends with. */
interface Pushed {
  readonly sha: string;
  readonly html_url: string;
  /** The branch it was made from, where the branch did not exist before. */
  readonly created_from?: string;
}

/** Where a commit goes on from. */
interface Base {
  readonly sha: string;
  readonly created_from?: string;
}

/**
 * Makes one commit of all changes. The branch is only moved ahead, so that nothing is lost that others pushed
 * meanwhile; one that does not exist begins at the default branch.
 * @throws {GitHubError} also when the branch moved meanwhile, or a path cannot be written
 */
export async function pushChanges(github: GitHub, place: Repository, push: Push): Promise<Pushed> {
  const { rest } = github;
  const base = await baseOf(github, place, push.branch);
  const { data: before } = await rest.git.getCommit({ ...place, commit_sha: base.sha });
  const tree = await entriesFor(github, place, before.tree.sha, push.changes);
  const { data: after } = await rest.git.createTree({
    ...place,
    base_tree: before.tree.sha,
    tree,
  });
  if (after.sha === before.tree.sha) {
    throw new GitHubError(`Nothing would change: ${push.branch} has all of this already.`);
  }
  const { data: commit } = await rest.git.createCommit({
    ...place,
    message: push.message,
    tree: after.sha,
    parents: [base.sha],
  });
  await moveAhead(github, place, push.branch, base, commit.sha);
  return { ...base, sha: commit.sha, html_url: commit.html_url };
}

async function baseOf(github: GitHub, place: Repository, branch: string): Promise<Base> {
  const head = async (name: string) => {
    const { data } = await github.rest.git.getRef({ ...place, ref: `heads/${name}` });
    return data.object.sha;
  };
  try {
    return { sha: await head(branch) };
  } catch (error) {
    // Git has nothing at all there, and its API cannot make the first commit.
    if (error instanceof GitHubError && error.status === 409) {
      throw new GitHubError(
        "The repository is empty; make its first commit with create_or_update_file.",
      );
    }
    if (!isMissing(error)) throw error;
  }
  const created_from = await defaultBranch(github, place);
  return { sha: await head(created_from), created_from };
}

/** What each change does to the tree `root`. */
async function entriesFor(
  github: GitHub,
  place: Repository,
  root: string,
  changes: readonly Change[],
) {
  const trees = openTrees(github, place);
  return Promise.all(
    changes.map(async ({ path, content }) => {
      const found = await trees.at(root, path);
      if (content === null) return removed(path, found);
      await checkWritable(github, place, { path, found, content });
      // A script stays one that can be run.
      const mode = found?.mode === "100755" ? ("100755" as const) : ("100644" as const);
      return { path, mode, type: "blob" as const, content };
    }),
  );
}

/** A link or a submodule is removed like a file: itself, and not what it leads to. */
function removed(path: string, found: Entry | undefined) {
  if (found?.path !== path) throw new GitHubError(`There is no ${path} on this branch.`);
  if (found.mode === MODES.directory) {
    throw new GitHubError(`${path} is a directory; name the files in it.`);
  }
  return { path, mode: "100644" as const, type: "blob" as const, sha: null };
}

async function moveAhead(
  { rest }: GitHub,
  place: Repository,
  branch: string,
  base: Base,
  sha: string,
): Promise<void> {
  if (base.created_from !== undefined) {
    await rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha });
    return;
  }
  try {
    await rest.git.updateRef({ ...place, ref: `heads/${branch}`, sha, force: false });
  } catch (error) {
    const { data } = await rest.git.getRef({ ...place, ref: `heads/${branch}` });
    // The branch was moved, and only the answer got lost.
    if (data.object.sha === sha) return;
    if (data.object.sha === base.sha) throw error;
    throw new GitHubError(
      `${branch} moved to ${data.object.sha.slice(0, 7)} meanwhile and nothing was pushed; read the files again and repeat.`,
    );
  }
}
