import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("cluster-process.ts", import.meta.url));

test("the workers of a cluster serve at one address", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  const [one, other] = JSON.parse(stdout) as string[];
  expect(one).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
  expect(other).toBe(one);
});
