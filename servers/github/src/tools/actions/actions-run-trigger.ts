import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { workflowOf } from "./ids.ts";

const METHODS = [
  "run_workflow",
  "rerun_workflow_run",
  "rerun_failed_jobs",
  "cancel_workflow_run",
  "delete_workflow_run_logs",
] as const;

/** What cannot be taken back, and the question it needs. */
const LOSES: Readonly<Record<string, string>> = {
  cancel_workflow_run: "Cancel run",
  delete_workflow_run_logs: "Delete the logs of run",
};

/** Starts, stops and repeats runs. */
export const actionsRunTrigger = githubTool({
  name: "actions_run_trigger",
  toolset: "actions",
  description:
    "Run a workflow (workflow_id: number or file, ref, inputs), or rerun, cancel or delete the logs of a run (run_id). Cancelling and deleting ask the user.",
  effect: "destroys",
  scopes: ["repo"],
  input: s.object({
    method: s.enum(METHODS),
    owner,
    repo,
    workflow_id: s.optional(s.string()),
    ref: s.optional(s.string({ description: "Branch or tag" })),
    inputs: s.optional(s.record(s.unknown())),
    run_id: s.optional(s.integer({ minimum: 1 })),
  }),
  output: thing,
  // Without a run there is nothing to ask about: it is refused.
  effectOf: ({ method, run_id }) =>
    LOSES[method] === undefined || run_id === undefined ? "writes" : "destroys",
  question: ({ method, run_id, owner, repo }) => `${LOSES[method]} ${run_id} of ${owner}/${repo}?`,
  async run(args, { rest: { actions } }) {
    const { method, owner, repo } = args;
    const place = { owner, repo };
    if (method === "run_workflow") {
      const started = dispatchOf(args);
      await actions.createWorkflowDispatch({ ...place, ...started });
      return { data: { started: started.workflow_id, ref: started.ref }, from: [] };
    }
    const run = { ...place, run_id: runOf(args.run_id) };
    if (method === "rerun_workflow_run") await actions.reRunWorkflow(run);
    else if (method === "rerun_failed_jobs") await actions.reRunWorkflowFailedJobs(run);
    else if (method === "cancel_workflow_run") await actions.cancelWorkflowRun(run);
    else await actions.deleteWorkflowRunLogs(run);
    return { data: { run_id: run.run_id, done: method }, from: [] };
  },
});

interface Dispatch {
  readonly workflow_id: string | number;
  readonly ref: string;
  readonly inputs?: { [name: string]: unknown };
}

function dispatchOf(args: {
  readonly workflow_id?: string;
  readonly ref?: string;
  readonly inputs?: Record<string, unknown>;
}): Dispatch {
  const workflow_id = workflowOf(args.workflow_id, "workflow_id");
  if (args.ref === undefined) throw new GitHubError("ref must be the branch or tag to run on.");
  return { workflow_id, ref: args.ref, ...(args.inputs && { inputs: args.inputs }) };
}

function runOf(run_id: number | undefined): number {
  if (run_id === undefined) throw new GitHubError("run_id must be the number of the run.");
  return run_id;
}
