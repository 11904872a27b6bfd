import type { Octokit } from "@octokit/rest";

/** One repository. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** GitHub on behalf of one identity, for one call: when the call is cancelled so are its requests. */
export interface GitHub {
  /** REST, typed by endpoint: `github.rest.issues.get({ owner, repo, issue_number })`. */
  readonly rest: Octokit["rest"];
  /** REST by route, for what `rest` has no name for, and for other media types. */
  readonly request: Octokit["request"];
  /** All pages of a list of REST, for what the server itself has to know whole. What the model reads comes in pages. */
  readonly paginate: Octokit["paginate"];
  /**
   * GraphQL. Values go into `variables`, never into the text.
   * @throws {GitHubError} also when only a part of the answer is missing
   */
  graphql<T>(document: string, variables?: Readonly<Record<string, unknown>>): Promise<T>;
  /** Stands for the identity, to keep what was learnt of one from another. Says nothing of its token. */
  readonly identity: string;
}

/** How GitHub is reached. Nothing is connected or loaded before the first call. */
export interface Api {
  /**
   * GitHub on behalf of whoever acts for `owner`.
   * @param owner a user or an organization; the usual identity when absent
   * @throws {RemoteError} when there is no credential
   */
  as(owner: string | undefined, signal: AbortSignal): Promise<GitHub>;
}
