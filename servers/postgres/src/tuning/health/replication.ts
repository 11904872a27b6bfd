import type { CheckResult, Finding } from "../finding.ts";
import type { Inspection } from "../inspection.ts";
import { checkPrimary } from "./primary.ts";
import { checkSlots } from "./slots.ts";
import { checkStandby } from "./standby.ts";

/** Looks at standbys, slots and the archive, or on a standby at how far it is behind. */
export async function checkReplication(on: Inspection): Promise<CheckResult> {
  const role = on.standby ? await checkStandby(on) : await checkPrimary(on);
  const slots = await checkSlots(on);
  const findings: Finding[] = [...role.findings, ...slots.findings];
  return {
    summary: `${role.summary}, ${slots.summary}.`,
    findings,
    unseen: role.unseen,
  };
}
