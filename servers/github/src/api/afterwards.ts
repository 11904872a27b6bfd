import { GitHubError } from "./error.ts";

/**
 * Takes a further step of something that is partly done.
 * @param done what has happened already, as "Pull request #5 was opened"
 * @throws {GitHubError} that says so as well, lest the first step be taken once more
 */
export async function afterwards(done: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    throw new GitHubError(`${done}, but what was to follow failed: ${error.message}`, error.status);
  }
}
