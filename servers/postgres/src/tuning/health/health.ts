import type { CheckResult, Finding } from "../finding.ts";
import { attempt, type Inspection } from "../inspection.ts";
import { timer } from "../timer.ts";
import { checkBuffers } from "./buffers.ts";
import type { CheckName } from "./check-names.ts";
import { checkConnections } from "./connections.ts";
import { checkConstraints } from "./constraints.ts";
import { checkIndexes } from "./indexes.ts";
import { checkReplication } from "./replication.ts";
import { checkSequences } from "./sequences.ts";
import { checkVacuum } from "./vacuum.ts";

const CHECKS: Readonly<Record<CheckName, (on: Inspection) => Promise<CheckResult>>> = {
  index: (on) => checkIndexes(on),
  connection: (on) => checkConnections(on),
  vacuum: (on) => checkVacuum(on),
  sequence: (on) => checkSequences(on),
  replication: (on) => checkReplication(on),
  buffer: (on) => checkBuffers(on),
  constraint: (on) => checkConstraints(on),
};

/** A check that was made, or why it could not be. */
export type Checked = { readonly check: CheckName } & (
  | CheckResult
  | { readonly refused: string; readonly findings: readonly Finding[] }
);

/** Milliseconds after which no further check is begun. */
const MOST_MILLISECONDS = 20_000;

/**
 * Makes checks one after the other; one that fails does not keep the others from being made.
 * @param timeIsUp tells when no further one is to be begun; after twenty seconds when absent
 */
export async function checkHealth(
  on: Inspection,
  names: readonly CheckName[],
  signal: AbortSignal,
  timeIsUp: () => boolean = timer(MOST_MILLISECONDS),
): Promise<Checked[]> {
  const made: Checked[] = [];
  for (const check of names) {
    signal.throwIfAborted();
    if (timeIsUp()) {
      made.push({ check, refused: "the time was up; ask for it alone", findings: [] });
      continue;
    }
    const tried = await attempt(on.session, () => CHECKS[check](on));
    if ("value" in tried) made.push({ check, ...tried.value });
    else made.push({ check, refused: tried.refusal.message, findings: [] });
  }
  return made;
}
