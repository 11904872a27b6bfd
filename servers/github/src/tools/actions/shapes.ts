import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { JsonObject } from "@portico/core";
import { stated } from "../../api/stated.ts";

type Data<Name extends keyof RestEndpointMethodTypes["actions"]> =
  RestEndpointMethodTypes["actions"][Name]["response"]["data"];

/** A run of a workflow, as GitHub gives it. */
export type Run = Data<"getWorkflowRun">;

/** A job of a run, as GitHub gives it. */
export type Job = Data<"getJobForWorkflowRun">;

/** A workflow as it is shown. */
export function shownWorkflow(workflow: Data<"getWorkflow">): JsonObject {
  const { id, name, path, state, updated_at, html_url } = workflow;
  return stated({ id, name, path, state, updated_at, html_url });
}

/** What starts a run whose title is the words of somebody who may push; others take those of an issue or a comment. */
const OWN_TITLES = new Set(["push", "workflow_dispatch", "schedule", "release", "merge_group"]);

/** A run as it is shown; in lockdown without a title that may be a stranger's. */
export function shownRun(run: Run, isLocked: boolean): JsonObject {
  return stated({
    id: run.id,
    name: run.name,
    title: isLocked && !OWN_TITLES.has(run.event) ? undefined : run.display_title,
    workflow_id: run.workflow_id,
    run_number: run.run_number,
    run_attempt: run.run_attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    branch: run.head_branch,
    sha: run.head_sha,
    actor: run.actor?.login,
    pull_requests: run.pull_requests?.map(({ number }) => number),
    created_at: run.created_at,
    updated_at: run.updated_at,
    html_url: run.html_url,
  });
}

/** A job in a list: of its steps only those that failed. */
export function listedJob(job: Job): JsonObject {
  const failed = job.steps?.filter(({ conclusion }) => conclusion === "failure") ?? [];
  return stated({
    id: job.id,
    run_id: job.run_id,
    name: job.name,
    workflow: job.workflow_name,
    status: job.status,
    conclusion: job.conclusion,
    failed_steps: failed.map(({ name }) => name),
    started_at: job.started_at,
    completed_at: job.completed_at,
    html_url: job.html_url,
  });
}

/** A job with all of its steps. */
export function wholeJob(job: Job): JsonObject {
  return stated({
    ...listedJob(job),
    branch: job.head_branch,
    sha: job.head_sha,
    labels: job.labels,
    runner: job.runner_name,
    steps: job.steps?.map(({ number, name, status, conclusion }) =>
      stated({ number, name, status, conclusion }),
    ),
  });
}

/** An artifact as it is shown. */
export function shownArtifact(artifact: Data<"getArtifact">): JsonObject {
  const { id, name, size_in_bytes, expired, digest, created_at, expires_at } = artifact;
  const run_id = artifact.workflow_run?.id;
  return stated({ id, name, run_id, size_in_bytes, expired, digest, created_at, expires_at });
}
