import { ConfigError, type Logger } from "@portico/runner";
import type { Place } from "./place.ts";

/** What an operator can have done in place of serving. */
export interface ErrandOptions {
  readonly export?: string | undefined;
  readonly import?: string | undefined;
  readonly backup?: string | undefined;
  readonly salvage?: string | undefined;
}

/** The memory it is about. */
export interface About {
  readonly place: Place;
  readonly project: string;
  readonly log: Logger;
}

const ERRANDS = ["export", "import", "backup", "salvage"] as const;

/**
 * Does what the operator wants done in place of serving.
 * @returns whether there was something
 * @throws {ConfigError} when it cannot be done, or is more than one thing
 */
export async function runErrand(options: ErrandOptions, about: About): Promise<boolean> {
  const [wanted, other] = ERRANDS.filter((name) => options[name] !== undefined);
  if (wanted === undefined) return false;
  if (other !== undefined) {
    const message = `--${wanted} and --${other} are done one at a time; give one.`;
    throw new ConfigError(message, { setting: other });
  }
  const target = options[wanted] as string;
  if (wanted === "salvage") {
    const { saveInto } = await import("./save-into.ts");
    await saveInto(target, about.place, about.log);
  } else {
    const errands = await import("./transfers.ts");
    await errands[wanted](target, about);
  }
  return true;
}
