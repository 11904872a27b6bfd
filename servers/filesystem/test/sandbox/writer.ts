// Runs as a process of its own, to be killed or starved: writes one file through the sandbox.
// `forever` writes two versions in turn; `once` writes one of the given size and says what happened,
// `unprivileged` does the same without the rights of a superuser.
import path from "node:path";
import { createSandbox, SandboxError } from "../../src/sandbox/index.ts";

const [inside = "", how = "", size = "0"] = process.argv.slice(2);
const sandbox = await createSandbox([{ path: inside }]);
const place = await sandbox.resolve(path.join(inside, "file"));
const versions = ["a", "b"].map((letter) => Buffer.from(letter.repeat(Number(size))));

async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    return error instanceof SandboxError ? error.code : String(error);
  }
}

if (how === "unprivileged" && process.getuid?.() === 0) process.setuid?.(65_534);
if (how === "forever") {
  for (let round = 0; ; round += 1) {
    await sandbox.write(place, versions[round % 2] ?? Buffer.alloc(0));
    if (round === 0) process.stdout.write("writing\n");
  }
} else {
  const bytes = versions[0] ?? Buffer.alloc(0);
  const outcomes = [
    await outcome(sandbox.write(place, bytes)),
    await outcome(sandbox.append(place, bytes)),
    await outcome(sandbox.write(await sandbox.resolve("new"), bytes)),
  ];
  process.stdout.write(JSON.stringify(outcomes));
}
