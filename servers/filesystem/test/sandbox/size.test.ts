import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { memoryDirectory, scratch } from "./scratch.ts";

const terabyte = 1024 ** 4;

describe("files and directories beyond all measure (FS8)", () => {
  it("reads the ends of a sparse file of a terabyte without reading the rest (F8)", async () => {
    const { sandbox, put } = await scratch();
    fs.truncateSync(put("huge", "first\nsecond\n"), terabyte);
    const place = await sandbox.resolve("huge");
    const front = await sandbox.readLines(place, { head: 2 });
    expect(front.bytes.toString()).toBe("first\nsecond\n");
    const whole = await sandbox.readBytes(place, { maxBytes: 1000 });
    expect({ length: whole.bytes.length, more: whole.more }).toEqual({ length: 1000, more: true });
    const end = await sandbox.readBytes(place, { offset: terabyte - 10 });
    expect({ length: end.bytes.length, more: end.more }).toEqual({ length: 10, more: false });
    const tail = await sandbox.readLines(place, { tail: 1 }, { maxBytes: 500 });
    expect({ length: tail.bytes.length, cut: tail.cut }).toEqual({ length: 500, cut: true });
  });

  it("refuses to edit or copy what is too large, and says how large it is", async () => {
    const { sandbox, put, inside } = await scratch();
    fs.truncateSync(put("huge", ""), terabyte);
    const place = await sandbox.resolve("huge");
    const edit = sandbox.update(place, (old) => old);
    await expect(edit).rejects.toMatchObject({ code: "too-large" });
    await expect(edit).rejects.toThrow(`${terabyte} bytes`);
    const copy = sandbox.copy(place, await sandbox.resolve("copy"));
    await expect(copy).rejects.toMatchObject({ code: "too-large" });
    expect(fs.readdirSync(inside)).toEqual(["huge"]);
  });

  it("removes a file of any size, and says that this cannot be undone", async () => {
    const { sandbox, put } = await scratch();
    fs.truncateSync(put("huge", ""), terabyte);
    const removed = await sandbox.remove(await sandbox.resolve("huge"));
    expect(removed).toEqual({ entries: 1, undoable: false });
    await expect(sandbox.undo()).rejects.toMatchObject({ code: "too-large" });
  });

  it("reads lines out of a 700 MB file in little memory (F8)", async () => {
    const { sandbox, put } = await scratch();
    const file = put("large", "first\n");
    fs.truncateSync(file, 700 * 1024 ** 2);
    fs.appendFileSync(file, "\nthird\n");
    const before = process.memoryUsage().rss;
    const place = await sandbox.resolve("large");
    const third = await sandbox.readLines(place, { from: 3 });
    expect(third.bytes.toString()).toBe("third\n");
    expect(third.total).toBe(3);
    const last = await sandbox.readLines(place, { tail: 1 });
    expect({ text: last.bytes.toString(), more: last.more }).toEqual({
      text: "third\n",
      more: true,
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it("lists a directory of many thousand entries page by page, each entry once", async () => {
    const { sandbox, inside } = await scratch({}, memoryDirectory);
    const many = path.join(inside, "many");
    fs.mkdirSync(many);
    const names = Array.from({ length: 20_000 }, (_, number) => `file-${number}`).sort();
    for (const name of names) fs.writeFileSync(path.join(many, name), "");
    const place = await sandbox.resolve("many");
    const listed: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await sandbox.list(place, { limit: 3000, after });
      expect(page.total).toBe(names.length);
      listed.push(...page.entries.map((entry) => entry.name));
      after = page.next;
      if (after === undefined) break;
    }
    expect(listed).toEqual(names);
    expect(await sandbox.entries(place, 100)).toMatchObject({ more: true });
  });

  it("refuses to remove or copy more entries than allowed, before touching the first", async () => {
    const { sandbox, put, inside } = await scratch();
    for (let number = 0; number < 30; number += 1) put(`tree/${number}`, "");
    const tree = await sandbox.resolve("tree");
    const limits = { maxEntries: 20 };
    await expect(sandbox.remove(tree, { contents: "remove", ...limits })).rejects.toMatchObject({
      code: "too-large",
    });
    const copy = sandbox.copy(tree, await sandbox.resolve("copy"), limits);
    await expect(copy).rejects.toMatchObject({ code: "too-large" });
    expect(fs.readdirSync(path.join(inside, "tree"))).toHaveLength(30);
    expect(fs.readdirSync(inside)).toEqual(["tree"]);
  });

  it.skipIf(process.platform !== "linux")(
    "answers for a tree 10,000 directories deep instead of failing in it",
    async () => {
      const { sandbox, inside } = await scratch({}, memoryDirectory);
      buildDeep(path.join(inside, "deep"), 10_000);
      const deep = await sandbox.resolve("deep");
      await expect(sandbox.remove(deep, { contents: "remove" })).rejects.toMatchObject({
        code: "too-large",
      });
      const copy = sandbox.copy(deep, await sandbox.resolve("copy"));
      await expect(copy).rejects.toMatchObject({ code: "too-large" });
      const bottom = await sandbox.resolve(`deep/${"d/".repeat(9_000)}`);
      await expect(sandbox.info(bottom)).rejects.toMatchObject({ code: "invalid-path" });
      expect((await sandbox.list(deep)).entries).toEqual([{ name: "d", type: "directory" }]);
    },
  );
});

/** Such a path is too long for one call, so the tree is built from pieces that are put into each other. */
function buildDeep(top: string, depth: number): void {
  const step = 500;
  fs.mkdirSync(top);
  for (let built = 0; built < depth; built += step) {
    const upper = `${top}-upper`;
    fs.mkdirSync(path.join(upper, "d/".repeat(step - 1)), { recursive: true });
    fs.renameSync(top, path.join(upper, "d/".repeat(step - 1), "d"));
    fs.renameSync(upper, top);
  }
}
