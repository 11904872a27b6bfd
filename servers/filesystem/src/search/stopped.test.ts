import { expect, test } from "vitest";
import { explainStop } from "./stopped.ts";

test.each(["limit", "time", "bytes"] as const)(
  "stopping for %s is explained with what to do next",
  (reason) => {
    expect(explainStop(reason)).toMatch(
      /^The search stopped early because .+; continue with the cursor/,
    );
  },
);
