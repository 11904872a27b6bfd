import type { Logger } from "./log.ts";

/**
 * Longest wait, in milliseconds, for resources to close before the process exits anyway. With the half second
 * that `serve` grants running calls after the client left, the process is gone within a second.
 */
const CLOSE_TIMEOUT_MS = 400;

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** The process from here to its exit. */
export interface Lifetime {
  /**
   * Has `close` called before the exit; what was added last closes first. After a bug nothing is waited for, else
   * what runs may take `graceMs` (default 0) to finish, and `close` is told so.
   */
  onExit(close: (graceMs: number) => unknown, graceMs?: number): void;
  /** Closes everything, then exits with `code`, within a second and the grace whatever still runs. */
  exit(code: number): void;
}

/**
 * Takes charge of how this process ends. SIGINT and SIGTERM close everything and exit with 0, a second one
 * exits at once. After an uncaught exception nothing can be trusted, so the process closes and exits with 1
 * for its host to restart it; an unhandled rejection is one lost call, is logged, and serving goes on.
 */
export function ownProcess(log: Logger): Lifetime {
  const closers: ((orderly: boolean) => unknown)[] = [];
  let longestGraceMs = 0;
  let exiting = false;

  function exit(code: number): void {
    if (exiting) return;
    exiting = true;
    const orderly = code === 0;
    // Not unref'ed: it must fire even when nothing else keeps the process, or something hangs.
    setTimeout(
      () => {
        log.warning("Something did not close in time; exiting without it.");
        process.exit(code);
      },
      CLOSE_TIMEOUT_MS + (orderly ? longestGraceMs : 0),
    );
    void closeAll(closers, orderly, log).finally(() => process.exit(code));
  }

  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (exiting) process.exit(code);
      exit(0);
    });
  }
  process.on("uncaughtException", (error) => {
    logBug(log, error, "critical");
    exit(1);
  });
  process.on("unhandledRejection", (error) => void logBug(log, error, "error"));
  return {
    onExit(close, graceMs = 0) {
      longestGraceMs = Math.max(longestGraceMs, graceMs);
      closers.push((orderly) => close(orderly ? graceMs : 0));
    },
    exit,
  };
}

/** Logs what nobody expected, whole, under an id that the person who reports it can quote. */
export function logBug(log: Logger, error: unknown, level: "error" | "critical"): void {
  const id = Math.random().toString(36).slice(2, 10);
  log[level](`Unexpected error ${id}; please report it with this log.`, { error });
}

async function closeAll(
  closers: ((orderly: boolean) => unknown)[],
  orderly: boolean,
  log: Logger,
): Promise<void> {
  for (const close of closers.reverse()) {
    try {
      await close(orderly);
    } catch (error) {
      logBug(log, error, "error");
    }
  }
}
