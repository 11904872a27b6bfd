import { strToU8, zipSync } from "fflate";
import { json, notFound, nothing, paged, refuse } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeAnswer, FakeRequest, FakeRoute, FakeRoutes } from "./github.ts";
import { inPlace } from "./places.ts";

/** A job of a run of the fake. */
export interface FakeJob {
  readonly id: number;
  readonly name: string;
  readonly conclusion: string;
  readonly log: string;
  readonly steps?: readonly { readonly name: string; readonly conclusion: string }[];
}

/** A run of the fake. */
export interface FakeRun {
  readonly id: number;
  readonly actor: string;
  readonly title: string;
  readonly event: string;
  readonly branch: string;
  status: string;
  conclusion: string | null;
  attempt: number;
  hasLogs: boolean;
  readonly jobs: readonly FakeJob[];
}

/** An artifact of the fake: its files, or the bytes that stand for an archive. */
export interface FakeArtifact {
  readonly id: number;
  readonly run: number;
  readonly name: string;
  readonly expired?: boolean;
  readonly archive: Readonly<Record<string, string | Uint8Array>> | Uint8Array;
}

/** GitHub Actions of one repository. */
export class FakeActions {
  readonly runs = new Map<number, FakeRun>();
  readonly artifacts = new Map<number, FakeArtifact>();
  /** What was started, as the client asked for it. */
  readonly dispatched: unknown[] = [];

  run(facts: Pick<FakeRun, "id"> & Partial<FakeRun>): FakeRun {
    const usual = { actor: "maintainer", title: "Fix the build", event: "push", branch: "main" };
    const state = { status: "completed", conclusion: "failure", attempt: 1, hasLogs: true };
    const run = { ...usual, ...state, jobs: [], ...facts };
    this.runs.set(run.id, run);
    return run;
  }
}

/** An archive of files. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, contents]) => [
    name,
    typeof contents === "string" ? strToU8(contents) : contents,
  ]);
  return zipSync(Object.fromEntries(entries));
}

const BASE = "/repos/:owner/:repo/actions";
const workflow = {
  id: 7,
  name: "CI",
  path: ".github/workflows/ci.yml",
  state: "active",
  updated_at: "2026-11-01T00:00:00Z",
  html_url: "https://github.com/octo/site/blob/main/.github/workflows/ci.yml",
};

/** The routes of GitHub Actions. */
export const actionsRoutes: FakeRoutes = {
  [`GET ${BASE}/workflows`]: inPlace((request) =>
    paged(request, [workflow], (workflows) => ({ total_count: 1, workflows })),
  ),
  [`GET ${BASE}/workflows/:id`]: inPlace(({ params }) =>
    ["7", "ci.yml"].includes(params.id ?? "") ? json(workflow) : notFound,
  ),
  [`POST ${BASE}/workflows/:id/dispatches`]: inPlace(({ params, body, world }) => {
    world.of(FakeActions).dispatched.push({ workflow: params.id, ...body });
    return nothing;
  }),
  [`GET ${BASE}/runs`]: inPlace(listRuns),
  [`GET ${BASE}/workflows/:id/runs`]: inPlace(listRuns),
  [`GET ${BASE}/runs/:id`]: ofRun((run) => json(shownRun(run))),
  [`GET ${BASE}/runs/:id/timing`]: ofRun(() =>
    json({ billable: { UBUNTU: { total_ms: 1_000, jobs: 1 } }, run_duration_ms: 5_000 }),
  ),
  [`GET ${BASE}/runs/:id/jobs`]: ofRun((run, request) =>
    paged(request, run.jobs, (jobs) => ({
      total_count: run.jobs.length,
      jobs: (jobs as FakeJob[]).map((job) => shownJob(job, run)),
    })),
  ),
  [`GET ${BASE}/runs/:id/artifacts`]: ofRun((run, request) => {
    const all = [...request.world.of(FakeActions).artifacts.values()];
    const own = all.filter((artifact) => artifact.run === run.id);
    return paged(request, own.map(shownArtifact), (artifacts) => ({
      total_count: own.length,
      artifacts,
    }));
  }),
  [`GET ${BASE}/runs/:id/logs`]: ofRun((run, { url }) =>
    run.hasLogs ? redirect(url, `/files/runs/${run.id}.zip`) : refuse(404, "Not Found"),
  ),
  [`DELETE ${BASE}/runs/:id/logs`]: ofRun((run) => {
    run.hasLogs = false;
    return nothing;
  }),
  [`POST ${BASE}/runs/:id/rerun`]: ofRun(again),
  [`POST ${BASE}/runs/:id/rerun-failed-jobs`]: ofRun(again),
  [`POST ${BASE}/runs/:id/cancel`]: ofRun((run) => {
    Object.assign(run, { status: "completed", conclusion: "cancelled" });
    return json({}, 202);
  }),
  [`GET ${BASE}/jobs/:id`]: ofJob((job, run) => json(shownJob(job, run))),
  [`GET ${BASE}/jobs/:id/logs`]: ofJob((job, _, { url }) => redirect(url, `/files/jobs/${job.id}`)),
  [`GET ${BASE}/artifacts/:id`]: inPlace(({ params, world }) => {
    const artifact = world.of(FakeActions).artifacts.get(Number(params.id));
    return artifact ? json(shownArtifact(artifact)) : notFound;
  }),
  [`GET ${BASE}/artifacts/:id/zip`]: inPlace(({ params, url }) =>
    redirect(url, `/files/artifacts/${params.id}`),
  ),
  "GET /files/jobs/:id": ({ params, world }) => {
    const job = jobsOf(world.of(FakeActions)).find(([one]) => one.id === Number(params.id))?.[0];
    return { headers: { "content-type": "text/plain; charset=utf-8" }, body: job?.log };
  },
  "GET /files/runs/:file": ({ params, world }) => {
    const run = world.of(FakeActions).runs.get(Number.parseInt(params.file ?? "", 10));
    const logs = run?.jobs.map(({ name, log }, at) => [`${at}_${name}.txt`, log] as const) ?? [];
    return zipAnswer(zipOf({ ...Object.fromEntries(logs), "build/1_Set up job.txt": "step" }));
  },
  "GET /files/artifacts/:id": ({ params, world }) => {
    const archive = world.of(FakeActions).artifacts.get(Number(params.id))?.archive ?? {};
    return zipAnswer(archive instanceof Uint8Array ? archive : zipOf(archive));
  },
};

function zipAnswer(body: Uint8Array): FakeAnswer {
  return { headers: { "content-type": "application/zip" }, body };
}

/** A download's address lets whoever has it read the file. */
export const SIGNATURE = "signature-of-a-download";

function redirect(url: string, to: string): FakeAnswer {
  return { status: 302, headers: { location: new URL(`${to}?sig=${SIGNATURE}`, url).href } };
}

function ofRun(answer: (run: FakeRun, request: FakeRequest) => FakeAnswer): FakeRoute {
  return inPlace((request) => {
    const run = request.world.of(FakeActions).runs.get(Number(request.params.id));
    return run ? answer(run, request) : notFound;
  });
}

function ofJob(
  answer: (job: FakeJob, run: FakeRun, request: FakeRequest) => FakeAnswer,
): FakeRoute {
  return inPlace((request) => {
    const jobs = jobsOf(request.world.of(FakeActions));
    const found = jobs.find(([job]) => job.id === Number(request.params.id));
    return found ? answer(...found, request) : notFound;
  });
}

function jobsOf({ runs }: FakeActions): [FakeJob, FakeRun][] {
  return [...runs.values()].flatMap((run) => run.jobs.map((job): [FakeJob, FakeRun] => [job, run]));
}

function listRuns(request: FakeRequest): FakeAnswer {
  const branch = request.query.get("branch");
  const all = [...request.world.of(FakeActions).runs.values()];
  const runs = all.filter((run) => branch === null || run.branch === branch);
  return paged(request, runs.map(shownRun), (workflow_runs) => ({
    total_count: runs.length,
    workflow_runs,
  }));
}

function again(run: FakeRun): FakeAnswer {
  Object.assign(run, { status: "queued", conclusion: null, attempt: run.attempt + 1 });
  return json({}, 201);
}

function shownRun(run: FakeRun): object {
  return {
    id: run.id,
    name: "CI",
    display_title: run.title,
    workflow_id: 7,
    run_number: run.id,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    head_branch: run.branch,
    head_sha: "a".repeat(40),
    actor: person(run.actor),
    pull_requests: [],
    created_at: "2026-11-22T10:00:00Z",
    updated_at: "2026-11-22T10:05:00Z",
    html_url: `https://github.com/octo/site/actions/runs/${run.id}`,
    logs_url: `https://api.github.com/repos/octo/site/actions/runs/${run.id}/logs`,
  };
}

function shownJob({ id, name, conclusion, steps = [] }: FakeJob, run: FakeRun): object {
  return {
    id,
    run_id: run.id,
    name,
    workflow_name: "CI",
    status: "completed",
    conclusion,
    head_branch: run.branch,
    head_sha: "a".repeat(40),
    labels: ["ubuntu-latest"],
    steps: steps.map((step, at) => ({ number: at + 1, status: "completed", ...step })),
    started_at: "2026-11-22T10:00:00Z",
    completed_at: "2026-11-22T10:05:00Z",
    html_url: `https://github.com/octo/site/actions/runs/${run.id}/job/${id}`,
  };
}

function shownArtifact({ id, run, name, expired = false }: FakeArtifact): object {
  return {
    id,
    name,
    size_in_bytes: 100,
    expired,
    workflow_run: { id: run },
    created_at: "2026-11-22T10:05:00Z",
    expires_at: "2027-02-22T10:05:00Z",
  };
}
