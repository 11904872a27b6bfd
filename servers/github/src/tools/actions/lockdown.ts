import type { GitHub, Repository } from "../../api/github.ts";
import type { ToolCall } from "../shared/github-tool.ts";
import { withheldError } from "../shared/withheld.ts";
import type { Run } from "./shapes.ts";

/** Who answers for a run: whoever started it first wrote what runs, as in a pull request from a fork. */
export function startedBy({ actor }: Pick<Run, "actor">): string | undefined {
  return actor?.login;
}

/**
 * Makes sure that lockdown lets what a run came to be shown; without lockdown nothing is asked.
 * @throws {GitHubError} when it does not
 */
export async function requireRun(
  runId: number,
  place: Repository,
  { rest }: GitHub,
  call: ToolCall,
): Promise<void> {
  if (!call.isLocked) return;
  const { data } = await rest.actions.getWorkflowRun({ ...place, run_id: runId });
  if (!(await call.mayShow(place, startedBy(data)))) throw withheldError("run");
}
