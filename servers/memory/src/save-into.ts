import { ConfigError, type Logger } from "@portico/runner";
import { GraphError } from "./graph/error.ts";
import { inHome, type Place } from "./place.ts";

/**
 * Saves what is readable of the damaged database at `place` into the new file `target`, and says how much that is.
 * @throws {ConfigError} when there is nothing to save from, or into
 */
export async function saveInto(target: string, place: Place, log: Logger): Promise<void> {
  if (place.kind === "postgres") {
    const message = "Only a memory in a file can be salvaged; PostgreSQL has tools of its own.";
    throw new ConfigError(message, { setting: "salvage", insteadOf: target });
  }
  const { salvage } = await import("./sqlite/salvage.ts");
  try {
    const file = inHome(target);
    const { entities, observations, relations, lost } = await salvage(place.path, file);
    log.notice("Saved what was readable; use it with --file.", {
      file,
      entities,
      observations,
      relations,
      lost,
    });
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    throw new ConfigError(error.message);
  }
}
