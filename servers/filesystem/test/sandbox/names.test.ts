import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { contents, memoryDirectory, type Scratch, scratch } from "./scratch.ts";

function move({ sandbox }: Scratch, from: string, to: string) {
  return Promise.all([sandbox.resolve(from), sandbox.resolve(to)]).then(([a, b]) =>
    sandbox.move(a, b),
  );
}

function copy({ sandbox }: Scratch, from: string, to: string) {
  return Promise.all([sandbox.resolve(from), sandbox.resolve(to)]).then(([a, b]) =>
    sandbox.copy(a, b),
  );
}

describe("making directories", () => {
  it("makes every missing directory, and is content with one that exists", async () => {
    const { sandbox, inside } = await scratch();
    const place = await sandbox.resolve("a/b/c");
    expect(await sandbox.makeDirectory(place)).toMatchObject({ entries: 3 });
    expect(await sandbox.makeDirectory(place)).toMatchObject({ entries: 0 });
    expect(await sandbox.makeDirectory(await sandbox.resolve("."))).toMatchObject({ entries: 0 });
    expect(contents(inside)).toEqual({ a: "/", "a/b": "/", "a/b/c": "/" });
  });

  it("does not go through a file", async () => {
    const { sandbox, put } = await scratch();
    put("file", "x");
    for (const name of ["file", "file/a"])
      await expect(sandbox.makeDirectory(await sandbox.resolve(name))).rejects.toMatchObject({
        code: "not-directory",
      });
  });

  it("makes one tree when many ask for parts of it at the same time", async () => {
    const { sandbox, inside } = await scratch();
    const made = await Promise.all(
      Array.from({ length: 20 }, async (_, number) =>
        sandbox.makeDirectory(await sandbox.resolve(`a/b/${number}`)),
      ),
    );
    expect(made.reduce((sum, { entries }) => sum + entries, 0)).toBe(22);
    expect(fs.readdirSync(path.join(inside, "a/b"))).toHaveLength(20);
  });
});

describe("moving", () => {
  it("moves files and whole directories", async () => {
    const made = await scratch();
    made.put("a/file", "x");
    await move(made, "a/file", "b");
    await move(made, "a", "c");
    await move(made, "b", "c/file");
    expect(contents(made.inside)).toEqual({ c: "/", "c/file": "x" });
  });

  it("never replaces a file, directory or link", async () => {
    const made = await scratch();
    made.put("file", "x");
    made.put("tree/file", "y");
    fs.mkdirSync(path.join(made.inside, "empty"));
    fs.symlinkSync("nowhere", path.join(made.inside, "link"));
    const before = contents(made.inside);
    for (const from of ["file", "tree"])
      for (const to of ["file", "tree", "empty", "link"])
        await expect(move(made, from, to)).rejects.toMatchObject({ code: "exists" });
    expect(contents(made.inside)).toEqual(before);
  });

  it("lets one of many files moved to one name get it, and keeps all the others", async () => {
    const made = await scratch();
    const names = Array.from({ length: 20 }, (_, number) => `${number}`);
    for (const name of names) made.put(name, name);
    const outcomes = await Promise.allSettled(names.map((name) => move(made, name, "taken")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(Object.values(contents(made.inside)).sort()).toEqual(names.sort());
  });

  it("does not put a directory into itself", async () => {
    const made = await scratch();
    made.put("a/b/file", "x");
    await expect(move(made, "a", "a/b/c")).rejects.toMatchObject({ code: "invalid-path" });
    await expect(copy(made, "a", "a/copy")).rejects.toMatchObject({ code: "invalid-path" });
    expect(contents(made.inside)).toEqual({ a: "/", "a/b": "/", "a/b/file": "x" });
  });

  it("says what is missing", async () => {
    const made = await scratch();
    made.put("file", "x");
    await expect(move(made, "none", "new")).rejects.toMatchObject({ code: "not-found" });
    await expect(move(made, "file", "none/new")).rejects.toMatchObject({ code: "not-found" });
    expect(contents(made.inside)).toEqual({ file: "x" });
  });

  it.skipIf(fs.statSync(memoryDirectory).dev === fs.statSync("/tmp").dev)(
    "moves from one file system to another, and back by undo",
    async () => {
      const here = await scratch();
      const there = fs.mkdtempSync(path.join(memoryDirectory, "portico-other-disk-"));
      onTestFinished(() => fs.rmSync(there, { recursive: true }));
      const sandbox = await createSandbox([{ path: here.inside }, { path: there }]);
      fs.chmodSync(here.put("tree/file", "x"), 0o640);
      fs.symlinkSync("file", path.join(here.inside, "tree/link"));
      const expected = { tree: "/", "tree/file": "x", "tree/link": "-> file" };
      const to = await sandbox.resolve(path.join(there, "tree"));
      await sandbox.move(await sandbox.resolve(path.join(here.inside, "tree")), to);
      expect(contents(here.inside)).toEqual({});
      expect(contents(there)).toEqual(expected);
      expect(fs.statSync(path.join(there, "tree/file")).mode & 0o777).toBe(0o640);
      await sandbox.undo();
      expect(contents(here.inside)).toEqual(expected);
      expect(contents(there)).toEqual({});
    },
  );
});

describe("copying", () => {
  it("copies files, directories and links, with their modes", async () => {
    const made = await scratch();
    fs.chmodSync(made.put("a/script", "x"), 0o750);
    fs.chmodSync(path.join(made.inside, "a"), 0o700);
    fs.symlinkSync("script", path.join(made.inside, "a/link"));
    expect(await copy(made, "a", "b")).toMatchObject({ entries: 3 });
    expect(contents(path.join(made.inside, "b"))).toEqual({ link: "-> script", script: "x" });
    for (const name of ["", "script"]) {
      const [from, to] = ["a", "b"].map((top) => fs.statSync(path.join(made.inside, top, name)));
      expect(to?.mode).toBe(from?.mode);
    }
  });

  it("never replaces anything, and leaves nothing when it cannot finish", async () => {
    const made = await scratch();
    made.put("file", "x");
    made.put("taken", "y");
    const before = contents(made.inside);
    await expect(copy(made, "file", "taken")).rejects.toMatchObject({ code: "exists" });
    await expect(copy(made, "none", "new")).rejects.toMatchObject({ code: "not-found" });
    expect(contents(made.inside)).toEqual(before);
  });
});

describe("removing", () => {
  it("removes files and empty directories, and full ones only when told so", async () => {
    const { sandbox, inside, put } = await scratch();
    put("file", "x");
    put("tree/deep/file", "x");
    fs.mkdirSync(path.join(inside, "empty"));
    expect(await sandbox.remove(await sandbox.resolve("file"))).toMatchObject({ entries: 1 });
    expect(await sandbox.remove(await sandbox.resolve("empty"))).toMatchObject({ entries: 1 });
    const tree = await sandbox.resolve("tree");
    await expect(sandbox.remove(tree)).rejects.toMatchObject({ code: "not-empty" });
    expect(await sandbox.remove(tree, { contents: "remove" })).toMatchObject({ entries: 3 });
    expect(contents(inside)).toEqual({});
    await expect(sandbox.remove(tree)).rejects.toMatchObject({ code: "not-found" });
  });
});
