import { reachOver } from "@portico/testing-servers";
import { describe } from "vitest";

// The behaviour tests once more, through a socket.
reachOver("http");

describe("over HTTP", async () => {
  await import("./reading.test.ts");
  await import("./resources.test.ts");
});
