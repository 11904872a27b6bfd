import { reachOver } from "@portico/testing-servers";
import { describe } from "vitest";

// Every behaviour test once more, with the framing of stdio; binary.test.ts has the program and its pipes.
reachOver("stdio");

describe("over stdio", async () => {
  await import("./tools-reading.test.ts");
  await import("./tools-writing.test.ts");
  await import("./resources.test.ts");
  await import("./prompts.test.ts");
  await import("./roots.test.ts");
  await import("./safety.test.ts");
  await import("./watching.test.ts");
});
