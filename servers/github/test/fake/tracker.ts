import { FakeRefusal } from "./graphql.ts";
import type { FakeUser, World } from "./world.ts";

/** A comment of an issue, or of a review thread. */
export interface FakeComment {
  readonly id: number;
  body: string;
  readonly author: string | null;
  readonly reactions: Map<string, number>;
}

/** A review of a pull request. */
export interface FakeReview {
  readonly id: number;
  state: "PENDING" | "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  body: string;
  readonly author: string | null;
  readonly threads: FakeThread[];
}

/** A place in a diff that people talk about. */
export interface FakeThread {
  readonly id: number;
  readonly path: string;
  readonly line: number | null;
  isResolved: boolean;
  readonly comments: FakeComment[];
}

/** A check of a commit. */
export interface FakeCheck {
  readonly name: string;
  readonly conclusion: string;
  readonly summary: string;
}

/** What makes an issue a pull request. */
export interface FakePull {
  head: string;
  base: string;
  draft: boolean;
  merged: boolean;
  readonly diff: string;
  readonly files: readonly { readonly filename: string; readonly patch: string }[];
  readonly commits: readonly { readonly message: string; readonly author: string | null }[];
  readonly checks: readonly FakeCheck[];
  readonly statuses: readonly { readonly context: string; readonly description: string }[];
  readonly reviews: FakeReview[];
  readonly reviewers: string[];
}

/** An issue, or a pull request, of a repository of the world. */
export interface FakeIssue {
  readonly id: number;
  readonly number: number;
  /** As `owner/name`. */
  readonly home: string;
  title: string;
  body: string;
  readonly author: string | null;
  state: "open" | "closed";
  stateReason: string | null;
  labels: string[];
  assignees: string[];
  type: string | null;
  duplicateOf: number | undefined;
  readonly fieldValues: Map<number, unknown>;
  readonly comments: FakeComment[];
  readonly reactions: Map<string, number>;
  /** Below it, in their order. */
  readonly below: FakeIssue[];
  readonly pull: FakePull | undefined;
}

/** What a test says of an issue. */
export type IssueFacts = Partial<Omit<FakeIssue, "id" | "home" | "pull">> & {
  readonly pull?: Partial<FakePull>;
};

const NEW_PULL: FakePull = {
  head: "feature",
  base: "main",
  draft: false,
  merged: false,
  diff: "",
  files: [],
  commits: [],
  checks: [],
  statuses: [],
  reviews: [],
  reviewers: [],
};

/** The issues and pull requests of all repositories. */
export class Tracker {
  readonly issues: FakeIssue[] = [];
  #lastId = 1_000;

  /** Adds one. Pull requests are numbered with the issues. */
  add(home: string, { pull, ...facts }: IssueFacts = {}): FakeIssue {
    const issue: FakeIssue = {
      number: this.of(home).length + 1,
      title: "",
      body: "",
      author: null,
      state: "open",
      stateReason: null,
      labels: [],
      assignees: [],
      type: null,
      duplicateOf: undefined,
      fieldValues: new Map(),
      comments: [],
      reactions: new Map(),
      below: [],
      ...facts,
      id: this.nextId(),
      home,
      pull: pull && { ...structuredClone(NEW_PULL), ...pull },
    };
    this.issues.push(issue);
    return issue;
  }

  /** Those of a repository, oldest first. */
  of(home: string): FakeIssue[] {
    return this.issues.filter((issue) => issue.home.toLowerCase() === home.toLowerCase());
  }

  /** The one that has `issue` below it. */
  parentOf(issue: FakeIssue): FakeIssue | undefined {
    return this.issues.find(({ below }) => below.includes(issue));
  }

  comment(issue: FakeIssue, author: string | null, body: string): FakeComment {
    const comment = this.newComment(author, body);
    issue.comments.push(comment);
    return comment;
  }

  newComment(author: string | null, body: string): FakeComment {
    return { id: this.nextId(), author, body, reactions: new Map() };
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** The issue, where `user` may see its repository. */
export function issueSeenBy(
  user: FakeUser,
  world: World,
  owner: string | undefined,
  repo: string | undefined,
  number: unknown,
): FakeIssue | undefined {
  if (!world.seenBy(user, owner, repo)) return undefined;
  const issues = world.of(Tracker).of(`${owner}/${repo}`);
  return issues.find((issue) => issue.number === Number(number));
}

/** What a node id stands for; GitHub's are as opaque. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(String(id)).toString("base64url")}`;
}

/**
 * The number in a node id of this kind.
 * @throws {FakeRefusal} when it is none
 */
export function fromNodeId(kind: string, node: string): number {
  const [, text] = new RegExp(`^${kind}_(.+)$`).exec(node) ?? [];
  if (text !== undefined) return Number(Buffer.from(text, "base64url").toString());
  throw new FakeRefusal(
    "NOT_FOUND",
    `Could not resolve to a node with the global id of '${node}'.`,
  );
}
