import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSandbox, isTemporaryName } from "../../src/sandbox/index.ts";
import { contents, scratch } from "./scratch.ts";
import { writerProgram } from "./writer-program.ts";

const writer = writerProgram();

/** A tmpfs of one MiB mounted on `directory`; false where that is not permitted. */
function mountSmallDisk(directory: string): boolean {
  const options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", directory];
  if (process.platform !== "linux" || spawnSync("mount", options).status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", ["-l", directory]));
  return true;
}

describe("a write that is cut off", () => {
  it("leaves the whole old or new file when the process is killed at any moment", async () => {
    const { inside } = await scratch();
    const size = 400_000;
    for (let round = 0; round < 8; round += 1) {
      const child = spawn(process.execPath, [writer, inside, "forever", `${size}`], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      // However far the write has come when the reads are done, that is where it ends.
      for (let read = 0; read < round; read += 1) fs.readFileSync(path.join(inside, "file"));
      child.kill("SIGKILL");
      await once(child, "exit");
      const content = fs.readFileSync(path.join(inside, "file"), "utf8");
      expect(content).toHaveLength(size);
      expect(new Set(content).size).toBe(1);
    }
    const left = fs.readdirSync(inside).filter((name) => name !== "file");
    expect(left.filter((name) => !isTemporaryName(name))).toEqual([]);
    for (const name of left) fs.utimesSync(path.join(inside, name), 1, 1);
    const sandbox = await createSandbox([{ path: inside }]);
    await sandbox.write(await sandbox.resolve("file"), Buffer.from("after"));
    expect(contents(inside)).toEqual({ file: "after" });
  });

  it("leaves the old file when the disk is full", async ({ skip }) => {
    const { inside } = await scratch();
    if (!mountSmallDisk(inside)) skip("mounting a small disk takes a superuser on Linux");
    const sandbox = await createSandbox([{ path: inside }]);
    const place = await sandbox.resolve("file");
    await sandbox.write(place, Buffer.from("old"));
    const tooMuch = Buffer.alloc(2 * 1024 * 1024, "x");
    fs.mkdirSync(path.join(inside, "tree"));
    fs.writeFileSync(path.join(inside, "tree/half"), tooMuch.subarray(0, 600_000));
    const before = contents(inside);
    for (const attempt of [
      () => sandbox.write(place, tooMuch),
      () => sandbox.append(place, tooMuch),
      async () => sandbox.write(await sandbox.resolve("new"), tooMuch),
      async () => sandbox.copy(await sandbox.resolve("tree"), await sandbox.resolve("copy")),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "disk-full" });
    expect(contents(inside)).toEqual(before);
  });

  // Windows has no limit on the size of the files a process writes.
  it.skipIf(process.platform === "win32")(
    "leaves the old file when it would pass the size the process may write",
    async () => {
      const { inside, put } = await scratch();
      put("file", "old");
      const limited = 'ulimit -f 200; exec "$0" "$@"';
      const child = ["-c", limited, process.execPath, writer, inside, "once", "1000000"];
      const outcomes = execFileSync("sh", child, { encoding: "utf8" });
      expect(JSON.parse(outcomes)).toEqual(["disk-full", "disk-full", "disk-full"]);
      expect(contents(inside)).toEqual({ file: "old" });
    },
  );
});
