import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { contents, memoryDirectory, scratch } from "./scratch.ts";

const names = ["a", "b", "a/c", "d", "d/e", "d/f"];
const name = fc.constantFrom(...names);
const text = fc.string({ maxLength: 8 }).map((made) => Buffer.from(made));

type Step = (sandbox: Sandbox) => Promise<unknown>;

/** Any change a client can make; most apply, the others are refused. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, text).map(
    ([at, bytes]): Step =>
      async (s) =>
        s.write(await s.resolve(at), bytes),
  ),
  fc.tuple(name, text).map(
    ([at, bytes]): Step =>
      async (s) =>
        s.append(await s.resolve(at), bytes),
  ),
  name.map(
    (at): Step =>
      async (s) =>
        s.makeDirectory(await s.resolve(at)),
  ),
  name.map(
    (at): Step =>
      async (s) =>
        s.remove(await s.resolve(at), { contents: "remove" }),
  ),
  fc.tuple(name, name).map(
    ([from, to]): Step =>
      async (s) =>
        s.move(await s.resolve(from), await s.resolve(to)),
  ),
  fc.tuple(name, name).map(
    ([from, to]): Step =>
      async (s) =>
        s.copy(await s.resolve(from), await s.resolve(to)),
  ),
);

describe("undo", () => {
  it("takes back any series of changes, newest first, down to the beginning", async () => {
    const { sandbox, inside } = await scratch({}, memoryDirectory);
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const states: Record<string, string>[] = [];
        for (const run of steps) {
          const before = contents(inside);
          const known = sandbox.history().length;
          await run(sandbox).catch(() => undefined);
          if (sandbox.history().length > known) states.push(before);
        }
        changes += states.length;
        for (const state of states.reverse()) {
          await sandbox.undo();
          expect(contents(inside)).toEqual(state);
        }
        expect(sandbox.history()).toEqual([]);
      }),
      { numRuns: 200, seed: 3 },
    );
    expect(changes).toBeGreaterThan(200);
  });

  it("brings back content and modes of a removed tree", async () => {
    const { sandbox, inside, put } = await scratch();
    fs.chmodSync(put("tree/sub/script", "x"), 0o751);
    fs.chmodSync(path.join(inside, "tree/sub"), 0o700);
    fs.symlinkSync("sub", path.join(inside, "tree/link"));
    const before = contents(inside);
    await sandbox.remove(await sandbox.resolve("tree"), { contents: "remove" });
    expect(await sandbox.undo()).toMatchObject({
      action: "remove",
      path: path.join(inside, "tree"),
    });
    expect(contents(inside)).toEqual(before);
    const modes = ["tree/sub", "tree/sub/script"].map(
      (at) => fs.statSync(path.join(inside, at)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o751]);
  });

  it("refuses when the file was changed since, and can be asked again when it is as before", async () => {
    const { sandbox, put, get } = await scratch();
    put("file", "old");
    const place = await sandbox.resolve("file");
    await sandbox.write(place, Buffer.from("new"));
    put("file", "changed by somebody");
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "changed" });
    expect(get("file")).toBe("changed by somebody");
    put("file", "new");
    await sandbox.undo();
    expect(get("file")).toBe("old");
  });

  it("refuses to take back a copy, an append or a new directory that was worked in since", async () => {
    const { sandbox, put, get, inside } = await scratch();
    put("tree/file", "x");
    await sandbox.copy(await sandbox.resolve("tree"), await sandbox.resolve("copy"));
    put("copy/more", "y");
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "changed" });
    await sandbox.append(await sandbox.resolve("tree/file"), Buffer.from("+"));
    put("tree/file", "z+z");
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "changed" });
    await sandbox.makeDirectory(await sandbox.resolve("new"));
    put("new/file", "x");
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "not-empty" });
    expect([get("copy/more"), get("tree/file"), get("new/file")]).toEqual(["y", "z+z", "x"]);
    expect(fs.readdirSync(inside).sort()).toEqual(["copy", "new", "tree"]);
  });

  it("does not replace what has taken the old name of a removed or moved file", async () => {
    const { sandbox, put, get } = await scratch();
    put("gone", "1");
    put("moved", "2");
    await sandbox.remove(await sandbox.resolve("gone"));
    put("gone", "theirs");
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "exists" });
    await sandbox.move(await sandbox.resolve("moved"), await sandbox.resolve("away"));
    put("moved", "theirs");
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "exists" });
    expect([get("gone"), get("moved"), get("away")]).toEqual(["theirs", "theirs", "2"]);
  });

  it("takes back an older change by its number", async () => {
    const { sandbox, get } = await scratch();
    await sandbox.write(await sandbox.resolve("a"), Buffer.from("1"));
    await sandbox.write(await sandbox.resolve("a"), Buffer.from("2"));
    await sandbox.write(await sandbox.resolve("b"), Buffer.from("3"));
    const [, second] = sandbox.history();
    await sandbox.undo(second?.id);
    expect([get("a"), get("b")]).toEqual(["1", "3"]);
    await expect(sandbox.undo(99)).rejects.toMatchObject({ code: "nothing-to-undo" });
  });

  it("undoes every change once when asked several times at the same time", async () => {
    const { sandbox, inside } = await scratch();
    for (const at of ["a", "b"]) await sandbox.write(await sandbox.resolve(at), Buffer.from("x"));
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => sandbox.undo()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(contents(inside)).toEqual({});
  });

  it("remembers no more changes and bytes than it may, and says what it could not keep", async () => {
    const { sandbox, put } = await scratch({ journal: { changes: 3, bytes: 1000 } });
    put("large", "x".repeat(1001));
    put("small", "x".repeat(600));
    const [large, small] = [await sandbox.resolve("large"), await sandbox.resolve("small")];
    expect(await sandbox.write(large, Buffer.from(""))).toMatchObject({ undoable: false });
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "too-large" });
    await sandbox.write(small, Buffer.from("y".repeat(600)));
    await sandbox.write(small, Buffer.from("z"));
    expect(sandbox.history()).toHaveLength(1);
    for (let round = 0; round < 5; round += 1) await sandbox.append(small, Buffer.from("+"));
    expect(sandbox.history()).toHaveLength(3);
  });

  it("lets nobody push out what little another keeps", async () => {
    const { sandbox, put } = await scratch({ journal: { bytes: 1000 } });
    put("file", "x".repeat(300));
    const file = await sandbox.resolve("file");
    const [ann, bob] = [sandbox.of("ann"), sandbox.of("bob")];
    await ann.write(file, Buffer.from("y".repeat(300)));
    for (let round = 0; round < 5; round += 1) await bob.write(file, Buffer.from("z".repeat(300)));
    expect(ann.history()).toMatchObject([{ id: 1, undoable: true }]);
    expect(bob.history().map(({ id }) => id)).toEqual([5, 4]);
    expect(sandbox.history()).toEqual([]);
  });

  it("neither tells nor undoes what lies outside the directories of the view", async () => {
    const { sandbox, inside, put, get } = await scratch();
    put("a/file", "old");
    put("b/file", "x");
    await sandbox.write(await sandbox.resolve("a/file"), Buffer.from("new"));
    const narrow = await sandbox.narrowedTo([{ path: path.join(inside, "b") }]);
    expect(narrow.history()).toEqual([]);
    await expect(narrow.undo()).rejects.toMatchObject({ code: "nothing-to-undo" });
    await expect(narrow.undo(1)).rejects.toMatchObject({ code: "nothing-to-undo" });
    await sandbox.move(await sandbox.resolve("a/file"), await sandbox.resolve("b/moved"));
    expect(narrow.history()).toMatchObject([{ action: "move" }]);
    await expect(narrow.undo()).rejects.toMatchObject({ code: "outside" });
    await sandbox.undo();
    expect(get("a/file")).toBe("new");
  });

  it("is confined like everything else: not where a link leads out now", async () => {
    const { sandbox, inside, outside, put } = await scratch();
    put("a/file", "old");
    await sandbox.write(await sandbox.resolve("a/file"), Buffer.from("new"));
    fs.renameSync(path.join(inside, "a"), path.join(inside, "away"));
    fs.symlinkSync(outside, path.join(inside, "a"));
    fs.writeFileSync(path.join(outside, "file"), "new");
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "outside" });
    expect(fs.readFileSync(path.join(outside, "file"), "utf8")).toBe("new");
  });

  it("says that there is nothing to undo", async () => {
    const { sandbox } = await scratch();
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "nothing-to-undo" });
  });
});
