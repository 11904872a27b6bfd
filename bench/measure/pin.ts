import { execFileSync } from "node:child_process";
import { cpus } from "node:os";

/**
 * Gives the bench one core and the server `pid` another. Left to itself the scheduler puts both on one core for some
 * servers and not for others, for as long as they run, which is worth a factor of two. Does nothing where there is
 * only one core, or no `taskset`.
 */
export function pinApart(pid: number): void {
  if (cpus().length < 2) return;
  pin(process.pid, "0");
  pin(pid, "1");
}

/**
 * Gives the bench and the server `pid` the same core, so that neither waits for another core to wake: on a virtual machine
 * that takes longer (here about 35 microseconds) than any of the servers to answer. A rate is then the work of both. It is
 * the last core: to that the machine this was written on sends the interrupts of its disk.
 */
export function pinTogether(pid: number): void {
  const last = String(cpus().length - 1);
  pin(process.pid, last);
  pin(pid, last);
}

/** Takes back where the bench was put, for the rows that come next and the servers they start. */
export function unpin(): void {
  pin(process.pid, `0-${cpus().length - 1}`);
}

function pin(pid: number, cores: string): void {
  const args = ["--all-tasks", "--cpu-list", "--pid", cores, String(pid)];
  try {
    execFileSync("taskset", args, { stdio: "ignore" });
  } catch {
    // The figures are noisier without, and no less fair.
  }
}
