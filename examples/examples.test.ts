import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { programs } from "./folders.ts";

const run = promisify(execFile);
const clients = globSync(`{${programs.join(",")}}/client.ts`, { cwd: import.meta.dirname });

// Node has no Unix sockets on Windows.
describe.skipIf(process.platform === "win32")("examples", () => {
  test.each(clients)("%s finds nothing wrong with its server", async (client) => {
    const { stdout } = await run(process.execPath, [client], { cwd: import.meta.dirname });
    expect(stdout).toMatch(/\.\n$/);
  });
});
