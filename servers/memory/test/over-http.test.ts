import { reachOver } from "@portico/testing-servers";
import { describe } from "vitest";

// Every behaviour test once more, through a socket.
reachOver("http");

describe("over HTTP", async () => {
  await import("./writing.test.ts");
  await import("./reading.test.ts");
  await import("./history.test.ts");
  await import("./projects.test.ts");
  await import("./resources.test.ts");
  await import("./prompts.test.ts");
});
