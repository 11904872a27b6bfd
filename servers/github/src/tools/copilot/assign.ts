import { GitHubError } from "../../api/error.ts";
import type { GitHub, Repository } from "../../api/github.ts";

/** How GitHub names the coding agent among assignees, when it is asked for and when it answers. */
const AGENT = "copilot-swe-agent[bot]";
const SHOWN_AS = /^copilot(-swe-agent(\[bot\])?)?$/i;

/** Why Copilot is proposed for an issue. */
export interface Intent {
  readonly rationale: string;
  readonly confidence: "low" | "medium" | "high";
  /** Only proposed: a person decides. */
  readonly suggest: boolean;
}

/** What the agent is to start from. */
export interface Start {
  readonly base_branch?: string;
  readonly custom_instructions?: string;
}

/**
 * Assigns the coding agent to an issue, beside whoever is assigned already.
 * @returns the address of the issue
 * @throws {GitHubError} when the agent is not available there: GitHub ignores assignees it does not take
 */
export async function assignCopilot(
  { request }: GitHub,
  { owner, repo }: Repository,
  issue_number: number,
  start: Start,
  intent?: Intent,
): Promise<string> {
  const isApplied = !intent?.suggest;
  const { data } = await request("POST /repos/{owner}/{repo}/issues/{issue_number}/assignees", {
    owner,
    repo,
    issue_number,
    // The types of the client know neither the agent's start nor intents yet.
    assignees: [intent ? { login: AGENT, ...intent } : AGENT] as string[],
    ...(isApplied && { agent_assignment: { target_repo: `${owner}/${repo}`, ...start } }),
  });
  const isThere = data.assignees?.some(({ login }) => SHOWN_AS.test(login)) ?? false;
  if (isApplied && !isThere) {
    throw new GitHubError(
      `Copilot cannot be assigned in ${owner}/${repo}: that needs push access, a plan with the coding agent, and the agent switched on for the repository.`,
    );
  }
  return data.html_url;
}
