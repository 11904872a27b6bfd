import { reachOver } from "@portico/testing-servers";
import { describe } from "vitest";

// Every behaviour test of resources once more, through a socket.
reachOver("http");

describe("over HTTP", async () => {
  await import("./resources.test.ts");
});
