import { type JsonObject, s } from "@portico/core";
import type { GitHub, Repository } from "../../api/github.ts";
import { nextPage } from "../../api/next-page.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { numberOf, workflowOf } from "./ids.ts";
import { requireRun, startedBy } from "./lockdown.ts";
import { listedJob, shownArtifact, shownRun, shownWorkflow } from "./shapes.ts";

const METHODS = [
  "list_workflows",
  "list_workflow_runs",
  "list_workflow_jobs",
  "list_workflow_run_artifacts",
] as const;

interface Wanted {
  readonly place: Repository;
  readonly pages: { readonly per_page: number; readonly page?: number };
  readonly resource_id?: string;
  readonly runs?: JsonObject;
  readonly jobs?: { readonly filter?: "latest" | "all" };
}

/** What there is in GitHub Actions. */
export const actionsList = githubTool({
  name: "actions_list",
  toolset: "actions",
  description:
    "List workflows, the runs of all or one (resource_id: number or file), the jobs or artifacts of a run (resource_id).",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    method: s.enum(METHODS),
    owner,
    repo,
    resource_id: s.optional(s.string()),
    workflow_runs_filter: s.optional(
      s.object({
        actor: s.optional(s.string()),
        branch: s.optional(s.string()),
        event: s.optional(s.string({ description: "push, pull_request, …" })),
        status: s.optional(
          s.string({ description: "completed, in_progress, queued; success, failure, …" }),
        ),
      }),
    ),
    workflow_jobs_filter: s.optional(
      s.object({ filter: s.optional(s.enum(["latest", "all"], { description: "Attempts" })) }),
    ),
    page,
    per_page: perPage,
  }),
  output: listUnder("items"),
  list: "items",
  run(args, github, call) {
    const { method, owner, repo, resource_id, page, per_page = USUAL_PER_PAGE } = args;
    return LISTS[method](github, call, {
      place: { owner, repo },
      pages: { per_page, ...(page !== undefined && { page }) },
      ...(resource_id !== undefined && { resource_id }),
      ...(args.workflow_runs_filter && { runs: { ...args.workflow_runs_filter } as JsonObject }),
      ...(args.workflow_jobs_filter && { jobs: args.workflow_jobs_filter }),
    });
  },
});

type List = (github: GitHub, call: ToolCall, wanted: Wanted) => Promise<Answer>;

const LISTS: Readonly<Record<(typeof METHODS)[number], List>> = {
  async list_workflows({ rest }, _, { place, pages }) {
    const { data, headers } = await rest.actions.listRepoWorkflows({ ...place, ...pages });
    return pageOf(data.workflows.map(shownWorkflow), data.total_count, headers);
  },
  async list_workflow_runs({ rest }, call, { place, pages, resource_id, runs }) {
    const ask = { ...place, ...pages, ...runs };
    const { data, headers } =
      resource_id === undefined
        ? await rest.actions.listWorkflowRunsForRepo(ask)
        : await rest.actions.listWorkflowRuns({
            ...ask,
            workflow_id: workflowOf(resource_id, "resource_id"),
          });
    const { kept, withheld } = await call.shown(place, data.workflow_runs, startedBy);
    return {
      ...pageOf(
        kept.map((run) => shownRun(run, call.isLocked)),
        data.total_count,
        headers,
      ),
      note: withheldNote(withheld),
    };
  },
  async list_workflow_jobs(github, call, { place, pages, resource_id, jobs }) {
    const run_id = numberOf(resource_id, "run");
    await requireRun(run_id, place, github, call);
    const { actions } = github.rest;
    const ask = { ...place, ...pages, ...jobs, run_id };
    const { data, headers } = await actions.listJobsForWorkflowRun(ask);
    return pageOf(data.jobs.map(listedJob), data.total_count, headers);
  },
  async list_workflow_run_artifacts(github, call, { place, pages, resource_id }) {
    const run_id = numberOf(resource_id, "run");
    await requireRun(run_id, place, github, call);
    const { actions } = github.rest;
    const { data, headers } = await actions.listWorkflowRunArtifacts({
      ...place,
      ...pages,
      run_id,
    });
    return pageOf(data.artifacts.map(shownArtifact), data.total_count, headers);
  },
};

function pageOf(
  items: JsonObject[],
  total_count: number,
  headers: { readonly link?: string | undefined },
): Answer {
  return { data: { items, total_count, ...nextPage(headers) } };
}
