import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("connections-process.ts", import.meta.url));

// Sessions, stream maps and close handlers that were never freed took gigabytes in servers that ran for weeks.
test("connections of both eras come and go and leave nothing in the heap", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program]);
  const { grownBytes, connections } = JSON.parse(stdout) as Record<string, number>;
  expect(connections).toBe(4_000);
  // Less than half a kilobyte a connection: a session alone would be more. Garbage collection is not exact.
  expect(grownBytes).toBeLessThan(4_000 * 500);
});
