import { reachOver } from "@portico/testing-servers";
import { describe } from "vitest";

// The behaviour tests once more, through a socket.
reachOver("http");

describe("over HTTP", async () => {
  await import("./files.test.ts");
  await import("./sharing.test.ts");
  await import("./comments.test.ts");
  await import("./revisions.test.ts");
});
