import { spawn } from "node:child_process";
import { availableParallelism, constants, setPriority } from "node:os";
import { pin } from "./pin.ts";

/**
 * Runs `measure` while every core is kept from falling asleep by a process of the lowest priority.
 *
 * With one call in flight, client and server sleep in turn, and a virtual machine takes longer to wake a core (here
 * about 35 microseconds) than any of the servers to answer: without this the row would compare wake-ups.
 */
export async function awake<T>(measure: () => Promise<T>): Promise<T> {
  const idlers = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  try {
    for (const [core, { pid }] of idlers.entries()) {
      if (pid === undefined) continue;
      setPriority(pid, constants.priority.PRIORITY_LOW);
      pin(pid, core);
    }
    return await measure();
  } finally {
    for (const idler of idlers) idler.kill("SIGKILL");
  }
}
