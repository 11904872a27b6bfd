import { spawnSync } from "node:child_process";
import type { Check } from "./checks.ts";
import type { Counts } from "./report.ts";

/** Runs one check, says how it went and, when it failed, prints everything it said. */
export function runCheck({ name, command }: Check): Counts {
  const started = performance.now();
  const [program, ...args] = command;
  // What a check prints may be a whole test run.
  const result = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ok = result.status === 0;
  console.log(`${ok ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (!ok) {
    const said = [result.stdout, result.stderr, result.error?.message];
    console.log(said.filter(Boolean).join("\n"));
  }
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}
