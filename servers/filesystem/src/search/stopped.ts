/** Why a search may have left something out. */
export type StopReason = "limit" | "time" | "bytes";

const causes: Readonly<Record<StopReason, string>> = {
  limit: "it found as much as it was asked for",
  time: "its time was used up",
  bytes: "it had read as many bytes as it may",
};

/** One sentence for the caller of a search that did not get to its end. */
export function explainStop(reason: StopReason): string {
  return `The search stopped early because ${causes[reason]}; continue with the cursor, or narrow it down.`;
}
