import type { ContentBlock, Context, JsonObject, Output, Schema, ToolValue } from "@portico/core";
import type { GitHub, Repository } from "../../api/github.ts";
import type { Deps } from "../../deps.ts";
import type { Toolset } from "../../toolsets.ts";
import { defineGitHubTool } from "./define-github-tool.ts";

/** What a tool does to GitHub. What `destroys` asks the user first. */
export type Effect = "reads" | "writes" | "destroys";

/**
 * How an allow-list of repositories holds a tool.
 * - `repository`: by its arguments `owner` and `repo`, which it has both
 * - `owner`: by its argument `owner`, `org`, `organization` or `username`, all of which must be allowed
 * - `search`: by its argument `query`, which is narrowed; what is found is checked as well
 * - `results`: the tool asks `call.admits` of each thing it shows or touches
 * - `anywhere`: it shows nothing that belongs to a repository
 * - `outside`: not at all; it is not offered with an allow-list
 */
export type Bound = "repository" | "owner" | "search" | "results" | "anywhere" | "outside";

/** A scope of a classic token. */
export type Scope =
  | "repo"
  | "public_repo"
  | "read:org"
  | "read:user"
  | "user"
  | "user:email"
  | "gist"
  | "notifications"
  | "delete_repo"
  | "workflow"
  | "security_events"
  | "project"
  | "read:project";

/** What a tool came to. Text defaults to the data as JSON. */
export interface Answer {
  /** JSON: members that are undefined are left out. */
  readonly data: object;
  readonly text?: string;
  /** What is no text, as an image or a link to a resource, shown after it. */
  readonly blocks?: readonly ContentBlock[];
  /** A sentence for the model beside the data: what was withheld or cut, what to do next. */
  readonly note?: string | undefined;
  /** Where the data come from. Default: the repository of the arguments. */
  readonly from?: readonly Repository[];
}

/** What a tool has at hand while it runs. */
export interface ToolCall {
  readonly ctx: Context<Deps>;
  /** Whether the allow-list admits a repository, or all of an owner. */
  admits(owner: string, repo?: string): boolean;
  /** The same identity's GitHub for another owner. */
  as(owner: string | undefined): Promise<GitHub>;
  /** Whether lockdown is on for this call. The two below do nothing while it is not. */
  readonly isLocked: boolean;
  /** Lockdown: whether what `author` wrote in `place` may be shown. An author who is gone is undefined. */
  mayShow(place: Repository, author: string | undefined): Promise<boolean>;
  /** Lockdown for a list. */
  shown<T>(
    place: Repository,
    items: readonly T[],
    authorOf: (item: T) => string | undefined,
  ): Promise<{ readonly kept: T[]; readonly withheld: number }>;
}

/** How a tool of this server is written. */
export interface GitHubToolDefinition<In extends Schema> {
  readonly name: string;
  readonly toolset: Toolset;
  /** As few words as will do: every session pays for them. */
  readonly description: string;
  /** Seldom needed: listed only where the operator names its toolset, and not among the usual ones. */
  readonly isRare?: boolean;
  readonly effect: Effect;
  /**
   * Any one of these scopes of a classic token suffices. None: it works without. What only reads and takes `repo`
   * works on public repositories with any token, and is never hidden.
   */
  readonly scopes: readonly Scope[];
  /** Default: `repository`. */
  readonly bound?: Bound;
  readonly input: In;
  readonly output: Schema<object>;
  /**
   * The member of the data that is a list. The tool then takes `fields`, the names of members to keep of each item,
   * and as many items are shown as there is room for.
   */
  readonly list?: string;
  /** Names of members whose text is code, as a patch: all of it stays but characters nobody sees. */
  readonly code?: readonly string[];
  /** Older spellings of arguments, to their names of today: `{ q: "query" }`. */
  readonly spellings?: Readonly<Record<string, string>>;
  /** Whether a call writes or destroys depends on its arguments, as those of `method` tools do. Default: `effect`. */
  effectOf?(args: Output<In>): Effect;
  /** What the user is asked before a call that destroys, as "Delete octo/site and all in it?". */
  question?(args: Output<In>): string;
  run(args: Output<In>, github: GitHub, call: ToolCall): Promise<Answer>;
}

/** A tool, and what decides whether it is offered. */
export interface GitHubTool extends ToolValue<Deps> {
  readonly name: string;
  readonly toolset: Toolset;
  /** Listed only where its toolset is named, as by `repos` or `all`. It can be called without being listed. */
  readonly isRare?: boolean;
  readonly effect: Effect;
  readonly scopes: readonly Scope[];
  readonly bound: Bound;
  /** The tool of today this is an older name of. */
  readonly stands?: GitHubTool;
}

/**
 * Defines a tool. It is handed GitHub on behalf of whoever acts for its argument `owner`; bounds, questions, errors,
 * sanitising, the budget of tokens and the guard are all applied around it.
 */
export function githubTool<In extends Schema>(definition: GitHubToolDefinition<In>): GitHubTool {
  return defineGitHubTool(definition as unknown as GitHubToolDefinition<Schema<JsonObject>>);
}
