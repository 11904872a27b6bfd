/**
 * Fetches the official JSON-Schema-Test-Suite, which the Python package `jsonschema` carries in its
 * source distribution, and the meta-schemas, into a cache outside version control. The test
 * `packages/core/test/schema/official-suite.test.ts` then runs it. Needs Python 3 with pip.
 *
 * Usage: pnpm exec node scripts/json-schema-suite.ts
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const sources = {
  suite: {
    archive: "jsonschema-4.26.0.tar.gz",
    requirement: "jsonschema==4.26.0",
    sha256: "0c26707e2efad8aa1bfc5b7ce170f3fccc2e4918ff85989ba9ffa9facb2be326",
  },
  specifications: {
    archive: "jsonschema_specifications-2025.9.1.tar.gz",
    requirement: "jsonschema-specifications==2025.9.1",
    sha256: "b540987f239e745613c7a9176f3edb72b832a4ac465cf02712288397832b5e8d",
  },
};

const target = join(import.meta.dirname, "../node_modules/.cache/json-schema-suite");

if (existsSync(target)) {
  console.log("The suite is already there.");
} else {
  fetchAll();
  console.log(`The suite is in ${target}.`);
}

function fetchAll(): void {
  const parent = join(target, "..");
  mkdirSync(parent, { recursive: true });
  const work = mkdtempSync(join(parent, "suite-"));
  try {
    for (const [name, source] of Object.entries(sources)) {
      const requirements = join(work, `${name}.txt`);
      writeFileSync(requirements, `${source.requirement} --hash=sha256:${source.sha256}\n`);
      // The source archive of this package only: pip builds its metadata, and what that takes may come built.
      const [project = ""] = source.requirement.split("==");
      const pip = "-m pip download -q --disable-pip-version-check --no-deps --no-binary";
      const from = ["--require-hashes", "-r", requirements, "-d", work];
      run("python3", [...pip.split(" "), project, ...from]);
      mkdirSync(join(work, "out", name), { recursive: true });
      const into = ["-C", join(work, "out", name), "--strip-components=1"];
      run("tar", ["-xzf", join(work, source.archive), ...into]);
    }
    renameSync(join(work, "out"), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(command: string, args: string[]): void {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
}
