import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { scratch } from "@portico/testing-servers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TransferFolder } from "../../src/transfer/folder.ts";
import { textIn } from "../../src/transfer/text.ts";
import { each } from "./support.ts";

const once = { overwrite: false };
const again = { overwrite: true };

function folderIn(dir = scratch()) {
  return { dir, folder: new TransferFolder(dir) };
}

test("a file is written for its user alone, and read again", async () => {
  const { dir, folder } = folderIn(path.join(scratch(), "new"));
  expect(await folder.write("", "a graph.md", each(["é", "1"]), once)).toEqual({ bytes: 3 });
  expect(fs.statSync(path.join(dir, "a graph.md")).mode & 0o777).toBe(0o600);
  expect(fs.statSync(dir).mode & 0o777).toBe(0o700);
  expect(await textIn(folder.read("", "a graph.md"))).toBe("é1");
  expect(fs.readdirSync(dir)).toEqual(["a graph.md"]);
});

test("a file that exists is replaced only when that is asked for", async () => {
  const { folder } = folderIn();
  await folder.write("", "x.md", each(["1"]), once);
  await expect(folder.write("", "x.md", each(["2"]), once)).rejects.toMatchObject({
    code: "exists",
    message: '"x.md" exists already; choose another name.',
  });
  expect(await textIn(folder.read("", "x.md"))).toBe("1");
  await folder.write("", "x.md", each(["2"]), again);
  expect(await textIn(folder.read("", "x.md"))).toBe("2");
});

test("what could not be written to its end leaves nothing behind", async () => {
  const { dir, folder } = folderIn();
  const broken = (async function* () {
    yield "1";
    throw new Error("stop");
  })();
  await expect(folder.write("", "x.md", broken, once)).rejects.toThrow("stop");
  expect(fs.readdirSync(dir)).toEqual([]);
});

describe("names that are none of a file in the folder are refused", () => {
  test.each([
    "",
    ".",
    "..",
    "../x.md",
    "a/b.md",
    "a\\b.md",
    "/etc/passwd",
    ".hidden",
    "x.md.",
    "x ",
    "a:b",
    "nul",
    "COM1.md",
    "a\nb",
    "a\0b",
    "‮gnp.md",
    "x".repeat(81),
  ])("%j", async (name) => {
    const { dir, folder } = folderIn();
    for (const act of [
      () => folder.write("", name, each(["1"]), again),
      () => textIn(folder.read("", name)),
      () => folder.place("", name),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "invalid" });
    }
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test("whatever they are", async () => {
    const { dir, folder } = folderIn();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (name) => {
        const place = await folder.place("", name).catch(() => undefined);
        if (place !== undefined) expect(path.dirname(path.resolve(place))).toBe(dir);
      }),
      { seed: 49, numRuns: 200 },
    );
  });
});

describe("links that somebody put into the folder", () => {
  function linked() {
    const outside = path.join(scratch({ secret: "secret" }), "secret");
    const { dir, folder } = folderIn();
    fs.symlinkSync(outside, path.join(dir, "x.md"));
    return { outside, dir, folder };
  }

  test("are not read through", async () => {
    const { folder } = linked();
    const told = textIn(folder.read("", "x.md"));
    await expect(told).rejects.toMatchObject({ message: '"x.md" cannot be read (ELOOP).' });
  });

  test("are not written through: they are refused, or replaced where that is asked for", async () => {
    const { outside, dir, folder } = linked();
    const told = folder.write("", "x.md", each(["1"]), once);
    await expect(told).rejects.toMatchObject({ code: "exists" });
    await folder.write("", "x.md", each(["1"]), again);
    expect(fs.readFileSync(outside, "utf8")).toBe("secret");
    expect(fs.lstatSync(path.join(dir, "x.md")).isFile()).toBe(true);
  });

  test("are not taken for a caller's own folder", async () => {
    const { dir, folder } = folderIn();
    await folder.place("ann", "x.md");
    const [own] = fs.readdirSync(dir);
    fs.rmdirSync(path.join(dir, own as string));
    fs.symlinkSync(scratch(), path.join(dir, own as string));
    await expect(folder.place("ann", "x.md")).rejects.toMatchObject({ code: "invalid" });
  });
});

test("nobody waits for a pipe, and a folder is no file", async () => {
  const { dir, folder } = folderIn();
  execFileSync("mkfifo", [path.join(dir, "pipe")]);
  fs.mkdirSync(path.join(dir, "sub"));
  for (const name of ["pipe", "sub", "absent"]) {
    await expect(textIn(folder.read("", name))).rejects.toMatchObject({
      code: "invalid",
      message: expect.not.stringContaining(dir),
    });
  }
});

test("each caller who authenticated has files of their own", async () => {
  const { folder } = folderIn();
  await folder.write("ann", "x.md", each(["Ann's"]), once);
  await folder.write("../bob", "x.md", each(["Bob's"]), once);
  await folder.write("", "x.md", each(["nobody's"]), once);
  expect(await textIn(folder.read("ann", "x.md"))).toBe("Ann's");
  expect(await textIn(folder.read("../bob", "x.md"))).toBe("Bob's");
  expect(await textIn(folder.read("", "x.md"))).toBe("nobody's");
  await expect(textIn(folder.read("eve", "x.md"))).rejects.toMatchObject({ code: "invalid" });
});
