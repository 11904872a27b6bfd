import { existsSync, globSync } from "node:fs";
import { dirname } from "node:path";

/** A command that must exit with 0, run at the root of the repository. */
export interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** Scripts that bring their own language; one that is absent is not part of this checkout. */
const INTEROP = ["interop/python/run", "interop/go/run"];

/** Node lines the suite must pass on besides the pinned one, and the package each comes in. */
const OTHER_NODES = ["22.23.3", "26.10.0"];

/** Where the tests of what is published lie. */
const PUBLISHED = ["packages", "servers", "examples"];

/** A test that is skipped until the official suite was fetched; the runs on other Nodes find it fetched. */
const OFFICIAL_SCHEMA_SUITE: Check = {
  name: "the official JSON Schema suite",
  command: [
    "bash",
    "-c",
    "node scripts/json-schema-suite.ts && vitest run packages/core/test/schema/official-suite.test.ts",
  ],
};

/** A test that is skipped until the registry's source was fetched, which takes Go, as the interop checks do. */
const REGISTRY_SCHEMA: Check = {
  name: "the registry entries, by the official schema",
  command: [
    ...(["env", "PORTICO_FETCH_SCHEMA=1", "vitest", "run"] as const),
    "deploy/listings/official-schema.test.ts",
  ],
};

/** Tests that need a Redis are skipped where there is none; this brings one. */
const WITH_REDIS: Check = {
  name: "what needs Redis, with a real one",
  command: ["bash", "scripts/ci/with-redis", "vitest", "run", "redis", "task-stores"],
};

/** Tests that need HypoPG and pgbouncer are skipped where there are none; this brings them. */
const WITH_DEBIAN_POSTGRES: Check = {
  name: "what needs HypoPG and pgbouncer, with real ones",
  command: [
    "bash",
    "scripts/ci/with-debian-postgres",
    "vitest",
    "run",
    "servers/postgres/test/debian",
  ],
};

/** Tests in a browser are skipped where there is none; this brings one. */
const WITH_CHROMIUM: Check = {
  name: "what needs a browser, in a real one",
  command: [
    "bash",
    "interop/test/runtimes/with-chromium",
    "vitest",
    "run",
    "interop/test/runtimes/browser.test.ts",
  ],
};

/** Tests of images are skipped where nothing can build and run them; this brings what can. */
const IMAGES: Check = {
  name: "the images of the servers, built and run",
  command: [
    "bash",
    "deploy/containers/with-engine",
    "bash",
    "-c",
    "node deploy/containers/build.ts && PORTICO_TEST_IMAGES=1 vitest run deploy/test/images.test.ts deploy/hosts/pages.test.ts",
  ],
};

/** The official suite against our server and our client; the packages are built by then. */
const CONFORMANCE: Check = {
  name: "the official conformance suite",
  command: ["node", "conformance/run.ts"],
};

/** Every check that is not a test, cheapest first. */
export function checks(): Check[] {
  return [
    { name: "lint and format", command: ["biome", "check", "--error-on-warnings", "."] },
    { name: "types, tests included", command: ["tsc", "-b"] },
    ...globSync("{packages,servers}/*/package.json").map(dirname).sort().map(packageCheck),
    ...globSync("servers/*/package.json").map(dirname).sort().map(nodesCheck),
    OFFICIAL_SCHEMA_SUITE,
    REGISTRY_SCHEMA,
    CONFORMANCE,
    ...(process.platform === "linux"
      ? [WITH_REDIS, WITH_DEBIAN_POSTGRES, WITH_CHROMIUM, IMAGES]
      : []),
    ...(process.platform === "linux" ? OTHER_NODES.map(suiteCheck) : []),
    ...INTEROP.filter((script) => existsSync(script)).map(interopCheck),
  ];
}

function packageCheck(path: string): Check {
  return { name: `package ${path}`, command: ["node", "scripts/check-package.ts", path] };
}

function nodesCheck(path: string): Check {
  return {
    name: `${path} on the oldest, newest and too old Node`,
    command: ["node", "scripts/check-nodes.ts", path],
  };
}

function suiteCheck(version: string): Check {
  const node = `node-linux-${process.arch}@${version}`;
  // What people run on it. What compares us with others, or looks after this repository, ran once already.
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", ...PUBLISHED];
  return {
    name: `tests on Node ${version}`,
    command: ["pnpm", "dlx", "--package", node, "node", ...vitest],
  };
}

function interopCheck(script: string): Check {
  return { name: script, command: ["bash", script] };
}
