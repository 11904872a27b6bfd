import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { REGISTRY } from "../listings/registry.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = join(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const workflows = globSync(".github/workflows/*.yml", { cwd: root }).map((path) => {
  const text = readFileSync(join(root, path), "utf8");
  return { name: basename(path), text, workflow: parse(text) as Workflow };
});
const release = workflows.find(({ name }) => name === "release.yml")!.workflow;

/** Steps that run code of packages that were installed. */
const RUNS_PACKAGES = /\.ci\/run|pnpm@\S+ (install|build|test|start|bundles|images)/;

describe.each(workflows)("the workflow $name", ({ text, workflow }) => {
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  test("uses actions only as they are at one commit, and says which version that is", () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(used).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d[\d.]*$/);
  });

  test("leaves no credentials where packages are installed", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const one of checkouts) expect(one.with?.["persist-credentials"]).toBe(false);
    for (const { run = "", env = {} } of steps) {
      if (RUNS_PACKAGES.test(run)) expect(JSON.stringify(env)).not.toMatch(/secrets|token/i);
    }
  });

  test("gives up a job that hangs", () => {
    for (const [, job] of jobs) expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
  });

  test("calls pnpm in the version of the repository, with scripts that are there", () => {
    const calls = steps.flatMap(({ run = "", with: given = {} }) => [
      ...`${run}\n${given.version ?? ""}`.matchAll(/npx -y (\S+) (\S+)/g),
    ]);
    for (const [, pnpm, script = ""] of calls) {
      expect(pnpm).toBe(manifest.packageManager);
      expect([...Object.keys(manifest.scripts), "install", "exec"]).toContain(script);
    }
  });

  test("waits for jobs and reads results that are there", () => {
    for (const [, { needs = [] }] of jobs) {
      for (const one of [needs].flat()) expect(Object.keys(workflow.jobs)).toContain(one);
    }
    for (const [, job = "", output] of text.matchAll(/needs\.(\w+)\.outputs\.(\w+)/g)) {
      expect(Object.keys(workflow.jobs[job]?.outputs ?? {})).toContain(output);
    }
  });
});

test("each job of a release may do what it needs and nothing else", () => {
  expect(release.permissions).toEqual({});
  const allowed = Object.entries(release.jobs).map(([name, { permissions }]) => [
    name,
    permissions,
  ]);
  expect(Object.fromEntries(allowed)).toEqual({
    checks: { contents: "read" },
    versions: { contents: "write", "pull-requests": "write" },
    packages: { contents: "write", "id-token": "write" },
    images: { contents: "read", packages: "write" },
    entries: { contents: "read", "id-token": "write" },
    bundles: { contents: "write" },
  });
});

test("a release publishes with the program of the registry whose schema the entries hold to", () => {
  const [path, version] = REGISTRY.split("@");
  const runs = release.jobs.entries?.steps.map(({ run }) => run);
  expect(runs).toContain(`go install ${path}/cmd/publisher@${version}`);
});

test("the files that a release names are there", () => {
  const runs = Object.values(release.jobs).flatMap(({ steps }) => steps.map(({ run = "" }) => run));
  const paths = runs.flatMap((run) => run.match(/(?<=\s)[\w./*-]+\.(ts|json)(?=\s|;)/g) ?? []);
  expect(paths).toEqual(["deploy/containers/build.ts", "servers/*/server.json"]);
  for (const path of paths) expect(globSync(path, { cwd: root })).not.toEqual([]);
});
