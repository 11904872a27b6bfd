import { globSync, readFileSync } from "node:fs";

/** CPU time a process has used in all its threads, in microseconds, from the scheduler's own count. */
export function cpuMicroseconds(pid: number): number {
  const nanoseconds = globSync(`/proc/${pid}/task/*/schedstat`).map((file) => {
    return Number(readFileSync(file, "utf8").split(" ")[0]);
  });
  return nanoseconds.reduce((sum, value) => sum + value, 0) / 1000;
}

/** The most memory a process has held at once, in megabytes. */
export function peakMegabytes(pid: number): number {
  return statusKilobytes(pid, "VmHWM") / 1024;
}

function statusKilobytes(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1]);
}
