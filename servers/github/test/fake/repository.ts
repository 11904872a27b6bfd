import { type Commit, GitObjects, type TreeEntry } from "./git-objects.ts";

/** A file as a test writes it: its text or bytes, a link's target, or a submodule's commit. */
type FakeFile =
  | string
  | Buffer
  | { readonly link: string }
  | { readonly submodule: string; readonly url: string };

/** What a test says of a repository. */
export interface RepositoryFacts {
  readonly owner: string;
  readonly name: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly description?: string;
  /** Login and role of who may do something here. */
  readonly collaborators?: Readonly<Record<string, Role>>;
}

/** What a collaborator may do. */
type Role = "read" | "triage" | "write" | "maintain" | "admin";

/** A release as GitHub keeps it. */
export interface FakeRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly author: string;
  readonly published_at: string;
}

/** A label as GitHub keeps it. */
export interface FakeLabel {
  name: string;
  color: string;
  description: string;
  /** Issues that have it. */
  issues: number;
}

/** Writes commits with the dates of a clock that nobody waits for. */
const FIRST_COMMIT = Date.parse("2026-01-01T00:00:00Z");

/** A repository of the fake: git's objects and refs, and what GitHub keeps beside them. */
export class FakeRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly description: string | null;
  readonly collaborators: Map<string, Role>;
  readonly objects = new GitObjects();
  /** By their names without `refs/`. */
  readonly refs = new Map<string, string>();
  readonly submodules = new Map<string, string>();
  readonly releases: FakeRelease[] = [];
  readonly labels = new Map<string, FakeLabel>();
  readonly stars = new Set<string>();
  fork = false;

  constructor(id: number, facts: RepositoryFacts) {
    this.id = id;
    this.owner = facts.owner;
    this.name = facts.name;
    this.private = facts.private ?? false;
    this.defaultBranch = facts.defaultBranch ?? "main";
    this.description = facts.description ?? null;
    this.collaborators = new Map(Object.entries(facts.collaborators ?? {}));
  }

  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  /** Puts a commit with these files, null removes one, on top of a branch. Returns its id. */
  commit(
    files: Readonly<Record<string, FakeFile | null>>,
    { branch = this.defaultBranch, message = "Change", author }: CommitFacts = {},
  ): string {
    const parent = this.refs.get(`heads/${branch}`);
    const before = parent === undefined ? undefined : this.objects.commits.get(parent);
    const all = before ? this.objects.files(before.tree) : new Map<string, TreeEntry>();
    for (const [path, file] of Object.entries(files)) {
      if (file === null) all.delete(path);
      else all.set(path, this.#entry(path, file));
    }
    const sha = this.objects.commit({
      tree: this.objects.tree(all),
      parents: parent === undefined ? [] : [parent],
      message,
      author: author === null ? undefined : (author ?? this.owner),
      date: this.nextDate(),
    });
    this.refs.set(`heads/${branch}`, sha);
    return sha;
  }

  /** The date of the next commit, a minute after the last. */
  nextDate(): string {
    return new Date(FIRST_COMMIT + this.objects.commits.size * 60_000).toISOString();
  }

  /** The id of the commit that a branch, a tag, a ref or an id names. */
  resolve(name: string): string | undefined {
    const short = name === "HEAD" ? this.defaultBranch : name.replace(/^refs\//, "");
    const found =
      this.refs.get(short) ?? this.refs.get(`heads/${short}`) ?? this.refs.get(`tags/${short}`);
    const sha = found ?? name;
    return this.objects.tags.get(sha)?.object ?? (this.objects.commits.has(sha) ? sha : undefined);
  }

  /** The commit that a name stands for. */
  commitAt(name: string): Commit | undefined {
    return this.objects.commits.get(this.resolve(name) ?? "");
  }

  /** The text of a file on a branch, as a test wants to see it. */
  text(path: string, branch = this.defaultBranch): string | undefined {
    const commit = this.commitAt(`heads/${branch}`);
    const entry = commit && this.objects.at(commit.tree, path);
    return entry && this.objects.blobs.get(entry.sha)?.toString();
  }

  #entry(path: string, file: FakeFile): TreeEntry {
    if (typeof file === "string" || Buffer.isBuffer(file)) {
      return { mode: "100644", sha: this.objects.blob(file) };
    }
    if ("link" in file) return { mode: "120000", sha: this.objects.blob(file.link) };
    this.submodules.set(path, file.url);
    return { mode: "160000", sha: file.submodule };
  }
}

/** How a test's commit comes to be. */
interface CommitFacts {
  readonly branch?: string;
  readonly message?: string;
  /** Null where GitHub knows no account. Default: the owner. */
  readonly author?: string | null;
}
