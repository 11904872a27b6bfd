import { type JsonObject, s } from "@portico/core";
import { RemoteError } from "@portico/remote-api";
import { GitHubError } from "../../api/error.ts";
import type { GitHub, Repository } from "../../api/github.ts";
import { bytesOfDownload, downloaded, textOfDownload } from "../../logs/downloaded.ts";
import { LogError } from "../../logs/error.ts";
import { endOf, type Tail, tailOf } from "../../logs/lines.ts";
import { readRunArchive } from "../../logs/run-archive.ts";
import { type Answer, githubTool, type ToolCall } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { requireRun } from "./lockdown.ts";
import { type Job, listedJob } from "./shapes.ts";

/** Bytes of log text in one answer, shared by its jobs. */
const LOG_BYTES = 40_000;

const USUAL_LINES = 500;
/** Jobs that failed in one run and are looked at. */
const MOST_JOBS = 20;

const id = s.optional(s.integer({ minimum: 1 }));

/** What jobs printed. */
export const getJobLogs = githubTool({
  name: "get_job_logs",
  toolset: "actions",
  description:
    "The end of the log of a job (job_id), of the failed jobs of a run (run_id, failed_only) or of all of them (run_id), without times and secrets. Only where they are unless return_content.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    job_id: id,
    run_id: id,
    failed_only: s.optional(s.boolean()),
    return_content: s.optional(s.boolean()),
    tail_lines: s.optional(s.integer({ minimum: 1, maximum: 5_000, default: USUAL_LINES })),
  }),
  output: listUnder("logs"),
  list: "logs",
  code: ["logs_content"],
  async run(args, github, call) {
    const place = { owner: args.owner, repo: args.repo };
    try {
      return await logsOf(args, place, github, call);
    } catch (error) {
      throw error instanceof LogError ? new GitHubError(error.message) : error;
    }
  },
});

interface Wanted {
  readonly job_id?: number;
  readonly run_id?: number;
  readonly failed_only?: boolean;
  readonly return_content?: boolean;
  readonly tail_lines?: number;
}

async function logsOf(
  wanted: Wanted,
  place: Repository,
  github: GitHub,
  call: ToolCall,
): Promise<Answer> {
  const { job_id, run_id, failed_only, return_content, tail_lines = USUAL_LINES } = wanted;
  const jobs = await jobsOf(wanted, place, github);
  const runs = new Set(jobs.map((job) => Number(job.run_id)));
  if (run_id !== undefined) runs.add(run_id);
  await Promise.all([...runs].map((run) => requireRun(run, place, github, call)));
  if (!return_content) {
    return { data: { logs: jobs.map(listedJob) }, note: "return_content reads them here." };
  }
  if (job_id === undefined && run_id !== undefined && !failed_only) {
    return { data: { logs: await runLogs(run_id, tail_lines, place, github) } };
  }
  const room = Math.floor(LOG_BYTES / Math.max(jobs.length, 1));
  const logs = await Promise.all(
    jobs.map(async (job) => ({
      ...listedJob(job),
      ...(await jobLog(Number(job.id), tail_lines, place, github, room)),
    })),
  );
  return { data: { logs }, ...(logs.length === 0 && { note: "No job of this run failed." }) };
}

/** The jobs meant. @throws {GitHubError} when none are named */
async function jobsOf(
  { job_id, run_id, failed_only }: Wanted,
  place: Repository,
  { rest, paginate }: GitHub,
): Promise<Job[]> {
  if (job_id !== undefined) {
    return [(await rest.actions.getJobForWorkflowRun({ ...place, job_id })).data];
  }
  if (run_id === undefined) {
    throw new GitHubError(
      "Give job_id for one job, or run_id for a run; failed_only needs run_id.",
    );
  }
  const ask = { ...place, run_id, per_page: 100 };
  const jobs = await paginate(rest.actions.listJobsForWorkflowRun, ask);
  if (!failed_only) return jobs;
  return jobs.filter(({ conclusion }) => conclusion === "failure").slice(0, MOST_JOBS);
}

/** The end of a job's log, or why there is none: those of other jobs are shown all the same. */
async function jobLog(
  job_id: number,
  lines: number,
  place: Repository,
  { rest }: GitHub,
  room: number,
): Promise<JsonObject> {
  try {
    const { data } = await rest.actions.downloadJobLogsForWorkflowRun({ ...place, job_id });
    return shownTail(tailOf(textOfDownload(downloaded(data)), lines), room);
  } catch (error) {
    if (error instanceof GitHubError || error instanceof RemoteError)
      return { error: error.message };
    throw error;
  }
}

async function runLogs(
  run_id: number,
  lines: number,
  place: Repository,
  { rest }: GitHub,
): Promise<JsonObject[]> {
  const { data } = await rest.actions.downloadWorkflowRunLogs({ ...place, run_id });
  const logs = await readRunArchive(bytesOfDownload(downloaded(data)), lines);
  const room = Math.floor(LOG_BYTES / Math.max(logs.length, 1));
  return logs.map(({ job, ...tail }) => ({ name: job, ...shownTail(tail, room) }));
}

function shownTail({ text, total, shown }: Tail, bytes: number): JsonObject {
  const end = endOf(text, bytes);
  const lines = end.length === text.length ? shown : end.split("\n").length;
  return { logs_content: end, lines_shown: lines, lines_total: total };
}
