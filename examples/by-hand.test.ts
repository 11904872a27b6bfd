import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const cwd = import.meta.dirname;
const source = "--conditions=portico-source";
const check = (...args: string[]) => run(process.execPath, [source, "check.ts", ...args], { cwd });

test("an example can be checked by name, as a process of its own", async () => {
  const { stdout } = await check("minimal");
  expect(stdout).toBe("minimal does what its client expects.\n");
});

test("an example can be served over HTTP, and checked there", async () => {
  const args = [source, "serve.ts", "minimal", "0"];
  const server = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [url] = await once(server.stdout, "data");
    const { stdout } = await check("minimal", String(url).trim());
    expect(stdout).toBe("minimal does what its client expects.\n");
  } finally {
    server.kill();
  }
});

test("a name that is no example is answered with those that are", async () => {
  await expect(check("nothing")).rejects.toThrow(/no pair "nothing"\. There are: .*minimal, /);
});
