/**
 * Starts a built server on the oldest Node it supports, on the newest, and on one that is too old.
 *
 *   node scripts/check-nodes.ts servers/filesystem
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { rawClient } from "./raw-client.ts";

const SUPPORTED = ["22.13.0", "26.10.0"];
const TOO_OLD = ["12.22.12", "20.20.2"];

const packageDir = resolve(process.argv[2] ?? ".");
const main = join(packageDir, "dist", "main.cjs");
const { version: expected } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));

for (const version of SUPPORTED) await mustServe(version);
for (const version of TOO_OLD) mustRefuse(version);

async function mustServe(version: string): Promise<void> {
  const client = rawClient(nodeBinary(version), [main]);
  try {
    const { serverInfo } = await client.initialize();
    const { tools } = await client.request<{ tools: unknown[] }>("tools/list");
    if (serverInfo.version !== expected) throw new Error(`it says version ${serverInfo.version}`);
    if (tools.length === 0) throw new Error("it lists no tool");
  } catch (error) {
    throw new Error(`Node ${version}: ${(error as Error).message}`);
  } finally {
    await client.close();
  }
  console.log(`Node ${version}: serves`);
}

function mustRefuse(version: string): void {
  const { status, stdout, stderr } = spawnSync(nodeBinary(version), [main], { encoding: "utf8" });
  const sentence = /^\S+ needs Node [\d.]+ or newer; this is Node [\d.]+\. .+\n$/;
  if (status !== 1 || stdout !== "" || !sentence.test(stderr)) {
    throw new Error(
      `Node ${version}: expected one sentence and exit code 1, got ${status}: ${stderr}`,
    );
  }
  console.log(`Node ${version}: refused in one sentence`);
}

/** The path of a real Node of that version, which pnpm keeps in its cache. */
function nodeBinary(version: string): string {
  const from = `node-linux-${process.arch}@${version}`;
  const args = ["dlx", "--package", from, "node", "-p", "process.execPath"];
  return execFileSync("pnpm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
    .trim()
    .split("\n")
    .at(-1) as string;
}
