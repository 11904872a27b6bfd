/** GitHub refused, or cannot be asked this: one sentence that says why and what to do. */
export class GitHubError extends Error {
  /** The status of GitHub's answer, where there was one. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = "GitHubError";
    this.status = status;
  }
}
