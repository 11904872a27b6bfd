import { s } from "@portico/core";
import type { GitHub, Repository } from "../../api/github.ts";
import { stated } from "../../api/stated.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { withheldError } from "../shared/withheld.ts";
import { readArtifact } from "./artifact.ts";
import { numberOf, workflowOf } from "./ids.ts";
import { requireRun, startedBy } from "./lockdown.ts";
import { shownRun, shownWorkflow, wholeJob } from "./shapes.ts";

const METHODS = [
  "get_workflow",
  "get_workflow_run",
  "get_workflow_job",
  "download_workflow_run_artifact",
  "get_workflow_run_usage",
  "get_workflow_run_logs_url",
] as const;

/** One thing of GitHub Actions. */
export const actionsGet = githubTool({
  name: "actions_get",
  toolset: "actions",
  description:
    "Get a workflow (resource_id: number or file), a run, a job, the files of an artifact, the time a run took, or where its logs are.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ method: s.enum(METHODS), owner, repo, resource_id: s.string() }),
  output: thing,
  code: ["text"],
  run: ({ method, owner, repo, resource_id }, github, call) =>
    GET[method](resource_id, { owner, repo }, github, call),
});

type Get = (id: string, place: Repository, github: GitHub, call: ToolCall) => Promise<Answer>;

const GET: Readonly<Record<(typeof METHODS)[number], Get>> = {
  async get_workflow(id, place, { rest }) {
    const workflow_id = workflowOf(id, "resource_id");
    return {
      data: shownWorkflow((await rest.actions.getWorkflow({ ...place, workflow_id })).data),
    };
  },
  async get_workflow_run(id, place, { rest }, call) {
    const { data } = await rest.actions.getWorkflowRun({ ...place, run_id: numberOf(id, "run") });
    if (!(await call.mayShow(place, startedBy(data)))) throw withheldError("run");
    return { data: shownRun(data, call.isLocked) };
  },
  async get_workflow_job(id, place, github, call) {
    const ask = { ...place, job_id: numberOf(id, "job") };
    const { data } = await github.rest.actions.getJobForWorkflowRun(ask);
    await requireRun(Number(data.run_id), place, github, call);
    return { data: wholeJob(data) };
  },
  async download_workflow_run_artifact(id, place, github, call) {
    return readArtifact(numberOf(id, "artifact"), place, github, call);
  },
  async get_workflow_run_usage(id, place, { rest }) {
    const { data } = await rest.actions.getWorkflowRunUsage({
      ...place,
      run_id: numberOf(id, "run"),
    });
    const billable = Object.entries(data.billable).map(([runner, { total_ms, jobs }]) =>
      stated({ runner, total_ms, jobs }),
    );
    return { data: stated({ run_duration_ms: data.run_duration_ms, billable }) };
  },
  async get_workflow_run_logs_url(id, place, { rest }) {
    const { data } = await rest.actions.getWorkflowRun({ ...place, run_id: numberOf(id, "run") });
    return {
      data: { run_id: Number(data.id), logs_url: data.logs_url, html_url: data.html_url },
      note: "The logs are a ZIP there for whoever has a token. get_job_logs reads them: with run_id, and failed_only for the jobs that failed.",
    };
  },
};
