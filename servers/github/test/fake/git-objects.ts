import { createHash } from "node:crypto";

/** A file, a link, a submodule or a directory in a tree. */
export interface TreeEntry {
  readonly mode: "100644" | "100755" | "120000" | "160000" | "040000";
  readonly sha: string;
}

/** A commit as git has it. */
export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Login of who wrote it; undefined where GitHub knows no account for the address. */
  readonly author: string | undefined;
  readonly date: string;
}

/** An annotated tag. */
export interface Tag {
  readonly object: string;
  readonly name: string;
  readonly message: string;
}

type Files = ReadonlyMap<string, TreeEntry>;

/** The objects of a repository under their true ids, as git computes them. */
export class GitObjects {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, Files>();
  readonly commits = new Map<string, Commit>();
  readonly tags = new Map<string, Tag>();

  blob(content: string | Buffer): string {
    const bytes = Buffer.from(content);
    const sha = idOf("blob", bytes);
    this.blobs.set(sha, bytes);
    return sha;
  }

  /** Makes the trees for files by their whole paths. Returns the root's id. */
  tree(files: Files): string {
    const here = new Map<string, TreeEntry>();
    const below = new Map<string, Map<string, TreeEntry>>();
    for (const [path, entry] of files) {
      const slash = path.indexOf("/");
      if (slash < 0) here.set(path, entry);
      else {
        const directory = path.slice(0, slash);
        const inside = below.get(directory) ?? new Map<string, TreeEntry>();
        below.set(directory, inside.set(path.slice(slash + 1), entry));
      }
    }
    for (const [name, inside] of below) here.set(name, { mode: "040000", sha: this.tree(inside) });
    const sorted = [...here].sort(([a, { mode: A }], [b, { mode: B }]) =>
      Buffer.compare(
        Buffer.from(A === "040000" ? `${a}/` : a),
        Buffer.from(B === "040000" ? `${b}/` : b),
      ),
    );
    const encoded = sorted.map(([name, { mode, sha }]) =>
      Buffer.concat([Buffer.from(`${mode.replace(/^0/, "")} ${name}\0`), Buffer.from(sha, "hex")]),
    );
    const sha = idOf("tree", Buffer.concat(encoded));
    this.trees.set(sha, new Map(sorted));
    return sha;
  }

  commit(commit: Commit): string {
    const who = `${commit.author ?? "?"} <${commit.author ?? "?"}@example.com> ${Date.parse(commit.date) / 1_000} +0000`;
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${who}`,
      `committer ${who}`,
      "",
      commit.message,
    ];
    const sha = idOf("commit", Buffer.from(lines.join("\n")));
    this.commits.set(sha, commit);
    return sha;
  }

  tag(tag: Tag): string {
    const sha = idOf("tag", Buffer.from(`object ${tag.object}\ntag ${tag.name}\n\n${tag.message}`));
    this.tags.set(sha, tag);
    return sha;
  }

  /** Every file under a tree, by its whole path. */
  files(tree: string, prefix = ""): Map<string, TreeEntry> {
    const found = new Map<string, TreeEntry>();
    for (const [name, entry] of this.trees.get(tree) ?? []) {
      if (entry.mode !== "040000") found.set(prefix + name, entry);
      else
        for (const [path, file] of this.files(entry.sha, `${prefix}${name}/`))
          found.set(path, file);
    }
    return found;
  }

  /** What is at `path` in a tree; the tree itself at the empty path. */
  at(tree: string, path: string): TreeEntry | undefined {
    let found: TreeEntry | undefined = { mode: "040000", sha: tree };
    for (const name of path.split("/").filter((segment) => segment !== "")) {
      found = found?.mode === "040000" ? this.trees.get(found.sha)?.get(name) : undefined;
    }
    return found;
  }

  /** A commit and all before it, newest first. */
  history(from: string): string[] {
    const seen = new Set<string>([from]);
    for (const sha of seen) {
      for (const parent of this.commits.get(sha)?.parents ?? []) seen.add(parent);
    }
    return [...seen];
  }
}

function idOf(type: string, body: Buffer): string {
  return createHash("sha1").update(`${type} ${body.byteLength}\0`).update(body).digest("hex");
}
