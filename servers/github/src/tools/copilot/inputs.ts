import { s } from "@portico/core";
import { owner, repo } from "../shared/inputs.ts";

/** Which issue Copilot gets, and what it starts from. */
export const assignment = {
  owner,
  repo,
  issue_number: s.integer({ minimum: 1 }),
  base_ref: s.optional(s.string({ description: "Branch to start from" })),
  custom_instructions: s.optional(s.string({ description: "Beyond what the issue says" })),
};

/** What the agent is to start from, as GitHub takes it. */
export function startOf(args: {
  readonly base_ref?: string;
  readonly custom_instructions?: string;
}): { base_branch?: string; custom_instructions?: string } {
  const { base_ref, custom_instructions } = args;
  return {
    ...(base_ref !== undefined && { base_branch: base_ref }),
    ...(custom_instructions !== undefined && { custom_instructions }),
  };
}
