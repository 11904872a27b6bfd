import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/** A holder that is older has died, wherever it ran: no request for tokens takes that long. */
const LONGEST_MS = 120_000;
const PAUSE_MS = 50;

/**
 * Does `work` while no other process does work on the same file. Where no lock can be made, as in a folder that cannot
 * be written, it is done without.
 */
export async function lockedFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  const { rm } = await import("node:fs/promises");
  const lock = `${path}.lock`;
  const isHeld = await acquire(lock);
  try {
    return await work();
  } finally {
    if (isHeld) await rm(lock, { force: true });
  }
}

async function acquire(lock: string): Promise<boolean> {
  const { rm, writeFile } = await import("node:fs/promises");
  for (;;) {
    const failure = await writeFile(lock, holder(process.pid), { flag: "wx", mode: 0o600 }).then(
      () => undefined,
      ({ code }: NodeJS.ErrnoException) => code,
    );
    if (failure === undefined) return true;
    if (failure !== "EEXIST") return false;
    if (await isAbandoned(lock)) await rm(lock, { force: true });
    else await pause(PAUSE_MS * (0.5 + Math.random()));
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  const { readFile, stat } = await import("node:fs/promises");
  const made = await stat(lock).catch(() => undefined);
  if (!made) return false;
  if (Date.now() - made.mtimeMs > LONGEST_MS) return true;
  const content = await readFile(lock, "utf8").catch(() => "");
  const pid = Number.parseInt(content, 10);
  return content === holder(pid) && !isAlive(pid);
}

/** Says which process of which machine holds a lock; in a container both are others. */
function holder(pid: number): string {
  return `${pid} ${hostname()}`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
