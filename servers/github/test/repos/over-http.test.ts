import { reachOver } from "@portico/testing-servers";
import { describe } from "vitest";

// Once more through a socket: what is more than text, and what asks the user.
reachOver("http");

describe("over HTTP", async () => {
  await import("./read-files.test.ts");
  await import("./repositories.test.ts");
});
