import { reachOver } from "@portico/testing-servers";
import { describe } from "vitest";

// Every behaviour test once more, through a socket.
reachOver("http");

describe("over HTTP", async () => {
  await import("./docs.test.ts");
  await import("./markdown.test.ts");
  await import("./sheets.test.ts");
  await import("./slides.test.ts");
});
