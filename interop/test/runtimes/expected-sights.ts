import type { Sights } from "./programs/visit.ts";

const seen = {
  sum: { sum: 42 },
  progress: [1, 2, 3],
  change: { kind: "resource", uri: "note://current" },
  answered: [{ type: "text", text: "Ada is 36" }],
  cancelled: 1,
};

/** What a client must see, first in the modern era, then in the legacy one. */
export const expectedSights: readonly Sights[] = [
  { era: "modern", ...seen },
  { era: "legacy", ...seen },
];
