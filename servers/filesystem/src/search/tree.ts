import { Budget, type Limits } from "./budget.ts";
import { atAnyDepthUnlessStarred } from "./excludes.ts";
import { type Folder, isRefusal } from "./folder.ts";
import { requireWholeNumber } from "./number.ts";
import { join, type Step, walk } from "./walk.ts";

/** What to show of a directory tree. */
export interface TreeQuery {
  /** Directory to show, relative to the folder; default the folder itself. */
  readonly start?: string;
  /** Globs, relative to the start, of what to leave out; one without "*" leaves out its like at any depth. */
  readonly exclude?: readonly string[];
  /** Leaves out what .gitignore files say. */
  readonly gitignore?: boolean;
  /** How many levels to show, 1 or more, 200 at most and by default. */
  readonly maxDepth?: number;
  /** How many entries to show, 1 or more. */
  readonly maxEntries: number;
  /** Adds the size of every file. */
  readonly sizes?: boolean;
  /** Where to go on: `next` of the answer before. */
  readonly from?: string;
}

/** One file or directory, with its keys in the order they are shown in. */
export interface TreeNode {
  readonly name: string;
  readonly type: "file" | "directory";
  /** True for a link, which is shown as a file and never followed. */
  link?: true;
  /** Bytes, for regular files only. */
  size?: number;
  /** For directories only. */
  children?: TreeNode[];
  /** True for a directory whose contents were left out because of the depth. */
  deeper?: true;
}

/** A directory tree. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
  /** How many entries it shows. */
  readonly entries: number;
  /** Why there may be more, and where to go on. */
  readonly stopped?: { readonly reason: "limit" | "time"; readonly next: string };
  /** Directories that could not be read; they are shown empty. */
  readonly unreadable: number;
  /** Directories too large to be listed whole. */
  readonly cut: number;
}

const deepest = 200;

/** Lists a directory tree, names in code unit order. Throws a SearchError for a bad pattern or number. */
export async function readTree(folder: Folder, query: TreeQuery, limits: Limits): Promise<Tree> {
  const maxDepth = Math.min(requireWholeNumber("depth", query.maxDepth ?? deepest, 1), deepest);
  const maxEntries = requireWholeNumber("maxEntries", query.maxEntries, 1);
  const { start = "", from, gitignore } = query;
  const exclude = atAnyDepthUnlessStarred(query.exclude ?? []);
  const options = { budget: new Budget(limits), start, from, gitignore, exclude, maxDepth };
  const builder = new TreeBuilder(maxDepth, from);
  const { stopped, unreadable, cut } = await walk(folder, options, (step) => {
    if (builder.count === maxEntries) return "stop";
    const node = builder.add(step);
    if (query.sizes && step.entry.type === "file")
      return addSize(folder, join(start, step.path), node);
    return undefined;
  });
  const tree = { nodes: builder.nodes, entries: builder.count, unreadable, cut };
  if (stopped === undefined) return tree;
  const reason = stopped.reason === "visitor" ? "limit" : "time";
  return { ...tree, stopped: { reason, next: stopped.next } };
}

/** The tree as JSON with an indent of two spaces. */
export function formatTree(nodes: readonly TreeNode[]): string {
  return JSON.stringify(nodes, null, 2);
}

class TreeBuilder {
  readonly nodes: TreeNode[] = [];
  count = 0;
  readonly #maxDepth: number;
  /** The lists of children on the way down to the last entry. */
  readonly #open: TreeNode[][] = [this.nodes];

  /** The directories above `from` were shown before; they are shown again to hold what follows. */
  constructor(maxDepth: number, from: string | undefined) {
    this.#maxDepth = maxDepth;
    for (const name of from?.split("/").slice(0, -1) ?? []) {
      const children: TreeNode[] = [];
      this.#open.at(-1)!.push({ name, type: "directory", children });
      this.#open.push(children);
    }
  }

  add({ entry, depth }: Step): TreeNode {
    const isDirectory = entry.type === "directory";
    const node: TreeNode = { name: entry.name, type: isDirectory ? "directory" : "file" };
    if (entry.type === "link") node.link = true;
    this.#open.length = depth;
    this.#open[depth - 1]!.push(node);
    if (isDirectory) {
      node.children = [];
      if (depth === this.#maxDepth) node.deeper = true;
      this.#open.push(node.children);
    }
    this.count++;
    return node;
  }
}

async function addSize(folder: Folder, path: string, node: TreeNode): Promise<undefined> {
  try {
    node.size = (await folder.stat(path)).size;
  } catch (error) {
    // Gone since it was listed: shown without a size.
    if (!isRefusal(error)) throw error;
  }
}
