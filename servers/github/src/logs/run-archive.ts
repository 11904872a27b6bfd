import { readArchive } from "./archive.ts";
import { type Tail, tailOf } from "./lines.ts";

/** The log of one job of a run. */
export interface JobLog extends Tail {
  readonly job: string;
}

/** The whole log of a job stands at the top, as `2_build (linux).txt`; its steps are in a folder. */
const JOB = /^\d+_([^/]+)\.txt$/;

/**
 * The last lines of each job's log in the archive of a run.
 * @throws {LogError} when the archive cannot be trusted
 */
export async function readRunArchive(bytes: Uint8Array, lines: number): Promise<JobLog[]> {
  const files = await readArchive(bytes, (name) => JOB.test(name));
  return files.map(({ name, bytes: log }) => ({
    job: JOB.exec(name)?.[1] ?? name,
    ...tailOf(log.toString(), lines),
  }));
}
