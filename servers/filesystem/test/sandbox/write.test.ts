import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { contentHash, createSandbox } from "../../src/sandbox/index.ts";
import { contents, scratch } from "./scratch.ts";
import { writerProgram } from "./writer-program.ts";

const writer = writerProgram();

describe("writing", () => {
  it("keeps the mode of the file, and gives a new one that of any new file", async () => {
    const { sandbox, put, inside } = await scratch();
    fs.chmodSync(put("script", "old"), 0o751);
    await sandbox.write(await sandbox.resolve("script"), Buffer.from("new"));
    expect(fs.statSync(path.join(inside, "script")).mode & 0o7777).toBe(0o751);
    await sandbox.write(await sandbox.resolve("fresh"), Buffer.from("new"));
    put("usual", "");
    const [fresh, usual] = ["fresh", "usual"].map((name) => fs.statSync(path.join(inside, name)));
    expect(fresh?.mode).toBe(usual?.mode);
  });

  it("says what it did: created or replaced, size and hash", async () => {
    const { sandbox, get } = await scratch();
    const place = await sandbox.resolve("file");
    const bytes = Buffer.from("content");
    const hash = await contentHash(bytes);
    expect(hash).toBe("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73");
    expect(await sandbox.write(place, bytes)).toEqual({
      created: true,
      hash,
      size: 7,
      detachedLinks: 0,
      undoable: true,
    });
    expect(await sandbox.write(place, bytes)).toMatchObject({ created: false, hash });
    expect(get("file")).toBe("content");
    expect(await sandbox.hash(place)).toBe(hash);
  });

  it("replaces an old file only where replacing, and creates one only where creating is meant", async () => {
    const { sandbox, put, get } = await scratch();
    put("old", "x");
    const [old, fresh] = [await sandbox.resolve("old"), await sandbox.resolve("fresh")];
    const bytes = Buffer.from("y");
    await expect(sandbox.write(old, bytes, { must: "create" })).rejects.toMatchObject({
      code: "exists",
    });
    const replace = sandbox.write(fresh, bytes, { must: "replace" });
    await expect(replace).rejects.toMatchObject({ code: "not-found" });
    await sandbox.write(old, bytes, { must: "replace" });
    await sandbox.write(fresh, bytes, { must: "create" });
    expect([get("old"), get("fresh")]).toEqual(["y", "y"]);
  });

  it("creates one file when many ask to create it at the same time", async () => {
    const { sandbox, inside } = await scratch();
    const other = await createSandbox([{ path: inside }]);
    const attempts = Array.from({ length: 20 }, async (_, number) => {
      const by = number % 2 ? sandbox : other;
      return by.write(await by.resolve("file"), Buffer.from(`${number}`), { must: "create" });
    });
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(fs.readdirSync(inside)).toEqual(["file"]);
  });

  it("writes only over the content that was seen, whole hash or its beginning (FS15)", async () => {
    const { sandbox, put, get } = await scratch();
    put("file", "seen");
    const place = await sandbox.resolve("file");
    const hash = await sandbox.hash(place);
    put("file", "changed by somebody");
    for (const expectedHash of [hash, hash.slice(0, 12), hash.slice(0, 16).toUpperCase()]) {
      const refused = { code: "changed", message: expect.stringContaining("read it again") };
      const bytes = Buffer.from("mine");
      await expect(sandbox.write(place, bytes, { expectedHash })).rejects.toMatchObject(refused);
      await expect(sandbox.append(place, bytes, { expectedHash })).rejects.toMatchObject(refused);
      const update = sandbox.update(place, () => bytes, { expectedHash });
      await expect(update).rejects.toMatchObject(refused);
    }
    put("file", "seen");
    await sandbox.write(place, Buffer.from("mine"), {
      expectedHash: hash.slice(0, 12).toUpperCase(),
    });
    expect(get("file")).toBe("mine");
  });

  it.each(["", "abc", "zzzzzzzzzzzzzzzz", `${"a".repeat(65)}`])(
    "does not take %j for a hash",
    async (expectedHash) => {
      const { sandbox, put } = await scratch();
      put("file", "x");
      const write = sandbox.write(await sandbox.resolve("file"), Buffer.from("y"), {
        expectedHash,
      });
      await expect(write).rejects.toMatchObject({
        code: "changed",
        message: expect.stringContaining("hex digits"),
      });
    },
  );

  it("refuses an expected hash for a file that is gone", async () => {
    const { sandbox } = await scratch();
    const expectedHash = "a".repeat(64);
    const write = sandbox.write(await sandbox.resolve("file"), Buffer.from("y"), { expectedHash });
    await expect(write).rejects.toMatchObject({
      code: "changed",
      message: expect.stringContaining("any more"),
    });
  });

  it("does not lose any of many updates made at the same time (FS15)", async () => {
    const { sandbox, put, get, inside } = await scratch();
    put("counter", "0");
    fs.symlinkSync("counter", path.join(inside, "alias"));
    const increment = (old: Buffer) => Buffer.from(`${Number(old.toString()) + 1}`);
    await Promise.all(
      Array.from({ length: 40 }, async (_, number) =>
        sandbox.update(await sandbox.resolve(number % 2 ? "counter" : "alias"), increment),
      ),
    );
    expect(get("counter")).toBe("40");
  });

  it("does not write when another program replaces the file during an update", async () => {
    const { sandbox, put, get, inside } = await scratch();
    put("file", "old");
    const update = sandbox.update(await sandbox.resolve("file"), () => {
      put("other", "theirs");
      fs.renameSync(path.join(inside, "other"), path.join(inside, "file"));
      return Buffer.from("mine");
    });
    await expect(update).rejects.toMatchObject({ code: "changed" });
    expect(get("file")).toBe("theirs");
    expect(fs.readdirSync(inside)).toEqual(["file"]);
  });

  it("writes nothing when an update makes nothing or fails", async () => {
    const { sandbox, put, inside } = await scratch();
    const file = put("file", "old");
    const before = fs.statSync(file);
    const place = await sandbox.resolve("file");
    expect(await sandbox.update(place, () => undefined)).toBeUndefined();
    const failing = sandbox.update(place, () => {
      throw new RangeError("no such text");
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(fs.statSync(file).ino).toBe(before.ino);
    expect(fs.readdirSync(inside)).toEqual(["file"]);
    expect(sandbox.history()).toEqual([]);
  });

  it("shows every reader the whole old or the whole new content", async () => {
    const { sandbox, inside } = await scratch();
    const file = path.join(inside, "file");
    const versions = ["a", "b"].map((letter) => Buffer.from(letter.repeat(300_000)));
    const place = await sandbox.resolve("file");
    await sandbox.write(place, versions[0]!);
    let writing = true;
    const writes = (async () => {
      for (let round = 1; round <= 20; round += 1) await sandbox.write(place, versions[round % 2]!);
      writing = false;
    })();
    let reads = 0;
    while (writing) {
      const bytes = await fs.promises.readFile(file);
      expect(versions.some((version) => version.equals(bytes))).toBe(true);
      reads += 1;
    }
    await writes;
    expect(reads).toBeGreaterThan(0);
  });

  it("appends at the end, and creates the file when there is none", async () => {
    const { sandbox, put, get } = await scratch();
    put("log", "one\n");
    const result = await sandbox.append(await sandbox.resolve("log"), Buffer.from("two\n"));
    expect(get("log")).toBe("one\ntwo\n");
    expect(result).toMatchObject({
      created: false,
      size: 8,
      hash: await contentHash(Buffer.from("one\ntwo\n")),
    });
    await sandbox.append(await sandbox.resolve("fresh"), Buffer.from("x"));
    expect(get("fresh")).toBe("x");
  });

  it("loses none of many appends made at the same time", async () => {
    const { sandbox, get } = await scratch();
    const lines = Array.from({ length: 50 }, (_, number) => `line ${number}\n`);
    await Promise.all(
      lines.map(async (line) => sandbox.append(await sandbox.resolve("log"), Buffer.from(line))),
    );
    expect(get("log").match(/.*\n/g)?.sort()).toEqual(lines.sort());
  });

  it("cleans up what a killed process left, but not what another is still writing", async () => {
    const { sandbox, put, inside } = await scratch();
    const stale = put(".portico-1-1-abc.tmp", "half");
    const fresh = put(".portico-1-2-abc.tmp", "half");
    const foreign = put(".portico-notes.tmp.txt", "mine");
    const longAgo = Date.now() / 1000 - 3600;
    for (const file of [stale, foreign]) fs.utimesSync(file, longAgo, longAgo);
    await sandbox.write(await sandbox.resolve("file"), Buffer.from("x"));
    const expected = [path.basename(fresh), path.basename(foreign), "file"].sort();
    expect(fs.readdirSync(inside).sort()).toEqual(expected);
  });

  it.skipIf(process.platform === "win32")(
    "leaves a file alone that its owner protected",
    async () => {
      const { inside, put } = await scratch();
      fs.chmodSync(put("file", "old"), 0o444);
      if (process.getuid?.() === 0)
        for (const owned of [path.dirname(inside), inside]) fs.chownSync(owned, 65_534, 65_534);
      const child = [writer, inside, "unprivileged", "3"];
      const outcomes = execFileSync(process.execPath, child, { encoding: "utf8" });
      expect(JSON.parse(outcomes)).toEqual(["denied", "denied", "done"]);
      expect(contents(inside)).toEqual({ file: "old", new: "aaa" });
    },
  );
});
