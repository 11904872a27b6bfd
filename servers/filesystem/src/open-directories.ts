import { ConfigError, type Logger } from "@portico/runner";
import {
  createSandbox,
  type DirectorySpec,
  parseDirectory,
  type Sandbox,
  SandboxError,
} from "./sandbox/index.ts";

/**
 * Opens the directories of the command line. One that cannot be used is left out with a warning, like a
 * disk that is not plugged in; with none given the server waits for a client that offers its roots.
 * @throws {ConfigError} when some are given and none can be used
 */
export async function openDirectories(
  given: readonly string[],
  log: Pick<Logger, "warning">,
): Promise<Sandbox> {
  if (given.length === 0) {
    log.warning("No directory given: waiting for a client that offers its roots.");
  }
  const directories = given.map(parseDirectory);
  try {
    return await createSandbox(directories);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return createSandbox(await usable(directories, log));
  }
}

async function usable(
  directories: readonly DirectorySpec[],
  log: Pick<Logger, "warning">,
): Promise<DirectorySpec[]> {
  const found: DirectorySpec[] = [];
  let reason = "";
  for (const directory of directories) {
    try {
      await createSandbox([directory]);
      found.push(directory);
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      reason = error.message;
      log.warning(`Left out: ${reason}`);
    }
  }
  if (found.length > 0) return found;
  const message = `None of the directories can be used. ${reason}`;
  throw new ConfigError(message, { setting: "dir", value: "~/projects" });
}
