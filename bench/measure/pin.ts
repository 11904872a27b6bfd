import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";

/**
 * Gives the bench one core and the server `pid` another. Left to itself the scheduler puts both on one core for some
 * servers and not for others, for as long as they run, which is worth a factor of two. Does nothing where there is
 * only one core, or no `taskset`.
 */
export function pinApart(pid: number): void {
  if (availableParallelism() < 2) return;
  pin(process.pid, 0);
  pin(pid, 1);
}

/** Keeps a process on one core, where that can be said. */
export function pin(pid: number, core: number): void {
  const args = ["--all-tasks", "--cpu-list", "--pid", String(core), String(pid)];
  try {
    execFileSync("taskset", args, { stdio: "ignore" });
  } catch {
    // The figures are noisier without, and no less fair.
  }
}
