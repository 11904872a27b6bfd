// The official conformance suite against our server and our client: `pnpm conformance`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { startServer } from "./subject.ts";
import { readSummary, type Scores } from "./summary.ts";

const HERE = import.meta.dirname;
const MANIFEST = createRequire(import.meta.url).resolve(
  "@modelcontextprotocol/conformance/package.json",
);
const SUITE = join(dirname(MANIFEST), "dist/index.js");

/** What each revision requires, all that older ones have, and last everything there is. */
const RUNS: readonly (readonly string[])[] = [
  ["--requirements", "2025-11-25"],
  ["--requirements", "2026-07-28"],
  ["--suite", "all", "--spec-version", "2025-06-18"],
  ["--suite", "all", "--spec-version", "2025-03-26"],
  ["--suite", "all"],
];

/** Runs the suite against one subject in all ways; returns the scores of the last, and whether all were good. */
async function runAll(subject: readonly string[]): Promise<{ scores: Scores; good: boolean }> {
  let good = true;
  let scores: Scores = { passed: [], failed: [], unchecked: [] };
  for (const run of RUNS) {
    let ok = false;
    // Some scenarios measure time and fail on a machine that is busy with something else; twice is no accident.
    for (let attempt = 0; attempt < 2 && !ok; attempt++) {
      ({ scores, ok } = await runOnce(subject, run));
    }
    good &&= ok;
  }
  return { scores, good };
}

async function runOnce(
  subject: readonly string[],
  run: readonly string[],
): Promise<{ scores: Scores; ok: boolean }> {
  const results = await mkdtemp(join(tmpdir(), "portico-conformance-"));
  const failures = ["--expected-failures", join(HERE, "expected-failures.yml")];
  const suite = spawn(process.execPath, [SUITE, ...subject, ...run, ...failures, "-o", results], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(suite, "exit");
  const lines: string[] = [];
  for await (const line of createInterface({ input: suite.stdout })) lines.push(line);
  const [exitCode] = await ended;
  const scores = readSummary(lines);
  const ok = exitCode === 0 && scores.failed.length === 0 && scores.passed.length > 0;
  report(`${subject[0]} ${run.join(" ")}`, scores, ok, results);
  return { scores, ok };
}

function report(what: string, { passed, failed, unchecked }: Scores, ok: boolean, results: string) {
  const skipped = unchecked.length > 0 ? `, nothing to check in ${unchecked.join(", ")}` : "";
  console.log(`${what}: ${passed.length}/${passed.length + failed.length}${skipped}`);
  if (!ok) console.log(`  failed: ${failed.join(", ") || "the suite itself"}; see ${results}`);
}

const total = ({ passed, failed }: Scores) => `${passed.length}/${passed.length + failed.length}`;

const subject = await startServer();
const server = await runAll(["server", "--url", subject.url]).finally(() => subject.stop());
const command = [process.execPath, join(HERE, "client/main.ts")].map((word) => `"${word}"`);
const client = await runAll(["client", "--command", command.join(" ")]);
console.log(`server ${total(server.scores)}, client ${total(client.scores)}`);
process.exitCode = server.good && client.good ? 0 : 1;
