import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSandbox, type Place, type Sandbox } from "../../src/sandbox/index.ts";
import { scratch } from "./scratch.ts";

const onLinux = process.platform === "linux";

function makePipe(file: string): void {
  execFileSync("mkfifo", [file]);
}

async function makeSocket(file: string): Promise<void> {
  const server = net.createServer();
  await new Promise<void>((done) => server.listen(file, done));
  onTestFinished(() => void server.close());
}

const uses: Record<string, (sandbox: Sandbox, place: Place) => Promise<unknown>> = {
  info: (sandbox, place) => sandbox.info(place),
  "read bytes": (sandbox, place) => sandbox.readBytes(place),
  "read lines": (sandbox, place) => sandbox.readLines(place, { tail: 1 }),
  hash: (sandbox, place) => sandbox.hash(place),
  list: (sandbox, place) => sandbox.list(place),
  write: (sandbox, place) => sandbox.write(place, Buffer.from("x")),
  update: (sandbox, place) => sandbox.update(place, () => Buffer.from("x")),
  append: (sandbox, place) => sandbox.append(place, Buffer.from("x")),
  "copy from": async (sandbox, place) => sandbox.copy(place, await sandbox.resolve("new")),
  move: async (sandbox, place) => sandbox.move(place, await sandbox.resolve("new")),
  remove: (sandbox, place) => sandbox.remove(place),
};

describe.skipIf(process.platform === "win32")("pipes, sockets and devices", () => {
  it.each(Object.keys(uses))("refuses to %s a pipe or socket at once (FS6, F2)", async (use) => {
    const { sandbox, inside } = await scratch();
    makePipe(path.join(inside, "pipe"));
    await makeSocket(path.join(inside, "socket"));
    for (const name of ["pipe", "socket"])
      await expect(uses[use]!(sandbox, await sandbox.resolve(name))).rejects.toMatchObject({
        code: "special-file",
      });
  });

  it("goes on serving files while many reads of a pipe are asked for (F2)", async () => {
    const { sandbox, inside, put } = await scratch();
    put("file", "x");
    makePipe(path.join(inside, "pipe"));
    const pipe = await sandbox.resolve("pipe");
    const reads = Array.from({ length: 50 }, () => sandbox.readBytes(pipe));
    const outcomes = await Promise.allSettled(reads);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["rejected"]));
    expect((await sandbox.readBytes(await sandbox.resolve("file"))).bytes.toString()).toBe("x");
  });

  it("shows them in a listing for what they are", async () => {
    const { sandbox, inside } = await scratch();
    makePipe(path.join(inside, "pipe"));
    const { entries } = await sandbox.list(await sandbox.resolve("."));
    expect(entries).toEqual([{ name: "pipe", type: "other" }]);
  });

  it("does not remove or copy a directory that holds one", async () => {
    const { sandbox, inside } = await scratch();
    fs.mkdirSync(path.join(inside, "tree"));
    makePipe(path.join(inside, "tree/pipe"));
    const tree = await sandbox.resolve("tree");
    await expect(sandbox.remove(tree, { contents: "remove" })).rejects.toMatchObject({
      code: "special-file",
    });
    await expect(sandbox.copy(tree, await sandbox.resolve("copy"))).rejects.toMatchObject({
      code: "special-file",
    });
    expect(fs.readdirSync(inside)).toEqual(["tree"]);
  });

  it.runIf(onLinux)("does not wake who waits at the other end of a pipe", async () => {
    const { sandbox, inside } = await scratch();
    const pipe = path.join(inside, "pipe");
    makePipe(pipe);
    await expect(sandbox.readBytes(await sandbox.resolve("pipe"))).rejects.toThrow();
    // Only a pipe that nobody has open for reading refuses a writer that does not wait.
    const nobodyReads = () => fs.openSync(pipe, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
    expect(nobodyReads).toThrow("ENXIO");
  });

  it.runIf(onLinux)("reads pseudo files that claim to be empty, and refuses devices", async () => {
    const sandbox = await createSandbox([{ path: "/proc/self" }, { path: "/dev" }]);
    const status = await sandbox.readBytes(await sandbox.resolve("/proc/self/status"));
    expect(status.bytes.toString()).toMatch(/^Name:/);
    const lines = await sandbox.readLines(await sandbox.resolve("/proc/self/status"), { head: 1 });
    expect(lines.bytes.toString()).toMatch(/^Name:.*\n$/);
    for (const device of ["/dev/null", "/dev/zero"])
      await expect(sandbox.readBytes(await sandbox.resolve(device))).rejects.toMatchObject({
        code: "special-file",
      });
  });
});
