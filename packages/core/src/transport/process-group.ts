import type { ChildProcess } from "node:child_process";

const POLL_MS = 20;

/**
 * A child process with all it started. On POSIX the child must lead a process group of its own
 * (`spawn` with `detached`); on Windows its process tree is ended by `taskkill`.
 */
export class ProcessGroup {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", () => resolve());
    });
  }

  /** Resolves to true as soon as no process of the group is left, to false after `ms` milliseconds. */
  async gone(ms: number): Promise<boolean> {
    const deadline = performance.now() + ms;
    await this.#exitedWithin(ms);
    while (this.#alive()) {
      if (performance.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return true;
  }

  /** Sends `signal` to every process of the group; nothing happens when there is none. */
  signal(signal: "SIGTERM" | "SIGKILL"): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (process.platform === "win32") return this.#endTree(pid, signal);
    try {
      process.kill(-pid, signal);
    } catch {
      // Gone between the look and the signal, which is what the signal was for.
    }
  }

  #alive(): boolean {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined) return false;
    if (process.platform === "win32") return exitCode === null && signalCode === null;
    try {
      return process.kill(-pid, 0);
    } catch (error) {
      // EPERM: a process is there, but belongs to another user by now.
      return (error as NodeJS.ErrnoException).code === "EPERM";
    }
  }

  #exitedWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      void this.#exited.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Windows has no signals: a polite end was the closed stdin, so either one ends the whole tree. */
  #endTree(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
    const { spawn } = process.getBuiltinModule("node:child_process");
    const force = signal === "SIGKILL" ? ["/F"] : [];
    const taskkill = spawn("taskkill", ["/PID", String(pid), "/T", ...force], { stdio: "ignore" });
    taskkill.on("error", () => this.#child.kill());
  }
}
