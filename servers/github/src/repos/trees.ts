import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";

/** What git has at a path. */
export interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly sha: string;
  /** Bytes of a file. */
  readonly size?: number | undefined;
}

/** Modes of git for what is no regular file. */
export const MODES = { directory: "040000", link: "120000", submodule: "160000" } as const;

/** The trees of a repository, each read once. */
export interface Trees {
  /**
   * What is at `path` under the tree or commit `root`, or the link, submodule or file that stands in the way to it;
   * undefined where there is nothing.
   */
  at(root: string, path: string): Promise<Entry | undefined>;
}

/** Reads trees as they are needed. */
export function openTrees({ rest }: GitHub, place: Repository): Trees {
  const known = new Map<string, Promise<Map<string, Entry>>>();
  const entries = async (sha: string) => {
    const { data } = await rest.git.getTree({ ...place, tree_sha: sha });
    if (data.truncated) {
      throw new GitHubError("A directory on the way to this path is too large for GitHub to list.");
    }
    return new Map(
      data.tree.map(({ path, mode, sha, size }) => [path, { path, mode, sha, size }] as const),
    );
  };
  return {
    async at(root, path) {
      let tree = root;
      const names = path.split("/");
      for (const [depth, name] of names.entries()) {
        const reading = known.get(tree) ?? entries(tree);
        known.set(tree, reading);
        const entry = (await reading).get(name);
        if (entry === undefined) return undefined;
        const isLast = depth === names.length - 1;
        if (isLast || entry.mode !== MODES.directory) {
          return { ...entry, path: names.slice(0, depth + 1).join("/") };
        }
        tree = entry.sha;
      }
      return undefined;
    },
  };
}
