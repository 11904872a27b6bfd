import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Confinement } from "../../src/sandbox/confinement.ts";
import type { Holder } from "../../src/sandbox/held.ts";
import { linuxHolder } from "../../src/sandbox/hold-linux.ts";
import { portableHolder } from "../../src/sandbox/hold-portable.ts";
import { createSandbox, type Place, Sandbox } from "../../src/sandbox/index.ts";
import { RootSet } from "../../src/sandbox/roots.ts";
import { contents, type Scratch, scratch, secret } from "./scratch.ts";

const holders: [string, Holder][] = [["by remembered identity", portableHolder]];
if (process.platform === "linux") holders.unshift(["by descriptor", linuxHolder]);

/** Every way to use one path; each gets a sandbox and the place. */
const uses: Record<string, (sandbox: Sandbox, place: Place) => Promise<unknown>> = {
  info: (sandbox, place) => sandbox.info(place),
  "read bytes": (sandbox, place) => sandbox.readBytes(place),
  "read lines": (sandbox, place) => sandbox.readLines(place, { head: 1 }),
  "read pieces": (sandbox, place) => sandbox.readPieces(place).next(),
  hash: (sandbox, place) => sandbox.hash(place),
  list: (sandbox, place) => sandbox.list(place),
  "list with sizes": (sandbox, place) => sandbox.listSized(place),
  entries: (sandbox, place) => sandbox.entries(place, 10),
  write: (sandbox, place) => sandbox.write(place, Buffer.from("evil")),
  update: (sandbox, place) => sandbox.update(place, () => Buffer.from("evil")),
  append: (sandbox, place) => sandbox.append(place, Buffer.from("evil")),
  "copy from": async (sandbox, place) => sandbox.copy(place, await sandbox.resolve("new")),
};

async function refusal(work: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  try {
    await work;
  } catch (error) {
    return error as Error & { code: unknown };
  }
  throw new Error("it was not refused");
}

describe.each(holders)("confinement %s", (_, holder) => {
  async function confined(): Promise<Scratch> {
    const made = await scratch();
    const roots = await RootSet.open([{ path: made.inside }]);
    return { ...made, sandbox: new Sandbox(new Confinement(roots, holder)) };
  }

  it("refuses a directory whose name only starts like an allowed one (FS1)", async () => {
    const { sandbox, outside } = await confined();
    for (const requested of [outside, `${outside}/secret.txt`, "../allowed_not/secret.txt"])
      await expect(sandbox.resolve(requested)).rejects.toMatchObject({ code: "outside" });
  });

  it.each(Object.keys(uses))("refuses to %s through a link to the outside (FS2)", async (use) => {
    const { sandbox, inside, outside } = await confined();
    const before = contents(outside);
    fs.symlinkSync(path.join(outside, "secret.txt"), path.join(inside, "file"));
    fs.symlinkSync(outside, path.join(inside, "directory"));
    fs.symlinkSync("directory", path.join(inside, "chain"));
    for (const name of [
      "file",
      "directory",
      "directory/secret.txt",
      "chain/secret.txt",
      "chain/new",
    ]) {
      const { code, message } = await refusal(uses[use]!(sandbox, await sandbox.resolve(name)));
      expect(code).toBe("outside");
      expect(message).not.toContain(outside);
      expect(message).not.toContain("secret");
    }
    expect(contents(outside)).toEqual(before);
  });

  it("lists a link to the outside as a link, with the size of the link itself (F9, F10, FS2)", async () => {
    const { sandbox, inside, outside } = await confined();
    const target = path.join(outside, "secret.txt");
    fs.truncateSync(target, 1_000_000);
    fs.symlinkSync(target, path.join(inside, "link"));
    const { entries } = await sandbox.listSized(await sandbox.resolve("."));
    expect(entries).toMatchObject([{ name: "link", type: "link", size: target.length }]);
  });

  it("does not tell what exists outside: below a link out everything gets one answer (FS12)", async () => {
    const { sandbox, inside, outside } = await confined();
    fs.symlinkSync(outside, path.join(inside, "link"));
    fs.symlinkSync(path.join(outside, "nothing"), path.join(inside, "dangling"));
    const answers = new Set<string>();
    for (const name of [
      "link/secret.txt",
      "link/nothing",
      "link/secret.txt/x",
      "dangling",
      "dangling/x",
    ]) {
      const { code, message } = await refusal(sandbox.info(await sandbox.resolve(name)));
      answers.add(`${code} ${message}`);
    }
    expect([...answers]).toEqual([expect.stringContaining("outside ")]);
    expect([...answers].join()).not.toContain(outside);
  });

  it("never creates anything below a link to the outside or through a dangling one (FS3)", async () => {
    const { sandbox, inside, outside } = await confined();
    fs.symlinkSync(outside, path.join(inside, "link"));
    fs.symlinkSync(path.join(outside, "new"), path.join(inside, "dangling"));
    const before = contents(outside);
    for (const name of ["link/new", "dangling", "link/a/b", "dangling/x"]) {
      const place = await sandbox.resolve(name);
      const from = await sandbox.resolve("from");
      fs.writeFileSync(path.join(inside, "from"), "x");
      await expect(sandbox.write(place, Buffer.from("x"))).rejects.toMatchObject({
        code: "outside",
      });
      await expect(sandbox.append(place, Buffer.from("x"))).rejects.toMatchObject({
        code: "outside",
      });
      await expect(sandbox.makeDirectory(place)).rejects.toMatchObject({ code: "outside" });
      await expect(sandbox.move(from, place)).rejects.toThrow();
      await expect(sandbox.copy(from, place)).rejects.toThrow();
    }
    expect(contents(outside)).toEqual(before);
  });

  it("says so when links lead round in a circle (FS3)", async () => {
    const { sandbox, inside } = await confined();
    fs.symlinkSync("b", path.join(inside, "a"));
    fs.symlinkSync("a", path.join(inside, "b"));
    for (const name of ["a", "a/x"])
      await expect(sandbox.info(await sandbox.resolve(name))).rejects.toMatchObject({
        code: "loop",
      });
  });

  it("follows links that stay inside, to read and to write", async () => {
    const { sandbox, inside, put, get } = await confined();
    put("real/file", "old");
    fs.symlinkSync("real", path.join(inside, "link"));
    fs.symlinkSync("link/file", path.join(inside, "chain"));
    const place = await sandbox.resolve("chain");
    expect((await sandbox.readBytes(place)).bytes.toString()).toBe("old");
    await sandbox.write(place, Buffer.from("new"));
    expect(get("real/file")).toBe("new");
    expect(fs.readlinkSync(path.join(inside, "chain"))).toBe("link/file");
  });

  it("removes and moves a link, never what it leads to (FS2)", async () => {
    const { sandbox, inside, outside } = await confined();
    const before = contents(outside);
    fs.symlinkSync(outside, path.join(inside, "link"));
    await sandbox.move(await sandbox.resolve("link"), await sandbox.resolve("moved"));
    expect(contents(inside)).toEqual({ moved: `-> ${outside}` });
    await sandbox.remove(await sandbox.resolve("moved"), { contents: "remove" });
    expect(contents(inside)).toEqual({});
    expect(contents(outside)).toEqual(before);
  });

  it("leaves the outside alone when a removed or copied tree holds links to it (FS2)", async () => {
    const { sandbox, inside, outside, put } = await confined();
    const before = contents(outside);
    put("tree/file", "x");
    fs.symlinkSync(outside, path.join(inside, "tree/link"));
    await sandbox.copy(await sandbox.resolve("tree"), await sandbox.resolve("copy"));
    expect(contents(path.join(inside, "copy"))).toEqual({ file: "x", link: `-> ${outside}` });
    await sandbox.remove(await sandbox.resolve("tree"), { contents: "remove" });
    expect(contents(outside)).toEqual(before);
  });

  it.each([
    "..",
    "../allowed_not/secret.txt",
    "a/../../allowed_not/secret.txt",
    "./.././allowed_not//secret.txt",
    "/etc/passwd",
    "//etc//passwd",
    "~/../../etc/passwd",
  ])("refuses the spelling %j (FS4)", async (requested) => {
    const { sandbox } = await confined();
    await expect(sandbox.resolve(requested)).rejects.toMatchObject({ code: "outside" });
  });

  it.each(["a\0b", "", "C:\\Windows", "c:/x", "\\\\server\\share", "//./pipe/x", "\\\\?\\C:\\x"])(
    "refuses %j, which does not name a file (FS4)",
    async (requested) => {
      const { sandbox } = await confined();
      await expect(sandbox.resolve(requested)).rejects.toMatchObject({ code: "invalid-path" });
    },
  );

  it.each(["%2e%2e/secret.txt", "..%2f..%2fetc", "a ", "..\\..\\etc", "...", "f.txt:s", "nul"])(
    "takes %j for the plain name it is here (FS4)",
    async (requested) => {
      const { sandbox, inside } = await confined();
      expect((await sandbox.resolve(requested)).path).toBe(path.join(inside, requested));
      await expect(sandbox.info(await sandbox.resolve(requested))).rejects.toMatchObject({
        code: "not-found",
      });
    },
  );

  it("keeps files apart whose names only look the same (FS11)", async () => {
    const { sandbox, put } = await confined();
    const names = ["caf\u00e9", "cafe\u0301", "caf\u00e9\u200b", "Caf\u00e9"];
    for (const name of names) put(name, name);
    for (const name of names)
      expect((await sandbox.readBytes(await sandbox.resolve(name))).bytes.toString()).toBe(name);
  });

  it("shows characters in errors that would turn or hide the text (FS11)", async () => {
    const { sandbox } = await confined();
    const { message } = await refusal(
      sandbox.info(await sandbox.resolve("a\u202etxt.exe\u200b\n")),
    );
    expect(message).toContain("a\\u{202e}txt.exe\\u{200b}\\u{a}");
  });
});

describe("hard links and mounts", () => {
  it("does not change a file outside that has another name inside (FS6, F11)", async () => {
    const { sandbox, inside, outside } = await scratch();
    const before = contents(outside);
    fs.linkSync(path.join(outside, "secret.txt"), path.join(inside, "twin"));
    const place = await sandbox.resolve("twin");
    await sandbox.append(place, Buffer.from("+"));
    expect(fs.readFileSync(path.join(inside, "twin"), "utf8")).toBe(`${secret}+`);
    fs.rmSync(path.join(inside, "twin"));
    fs.linkSync(path.join(outside, "secret.txt"), path.join(inside, "twin"));
    expect(await sandbox.write(place, Buffer.from("new"))).toMatchObject({ detachedLinks: 1 });
    expect(contents(outside)).toEqual(before);
  });
});

describe("allowed directories", () => {
  it("refuses everything when none is allowed (FS14)", async () => {
    const sandbox = await createSandbox([]);
    for (const requested of ["/", ".", "x", os.tmpdir()])
      await expect(sandbox.resolve(requested)).rejects.toMatchObject({ code: "outside" });
  });

  it("expands ~ to the home directory", async () => {
    const home = fs.realpathSync(os.homedir());
    const sandbox = await createSandbox([{ path: "~" }]);
    expect((await sandbox.resolve("~/x")).target).toBe(path.join(home, "x"));
    expect((await sandbox.resolve("~")).target).toBe(home);
  });

  it("takes both the given and the real spelling of a directory", async () => {
    const { inside, outside } = await scratch();
    fs.writeFileSync(path.join(inside, "file"), "x");
    const alias = path.join(outside, "alias");
    fs.symlinkSync(inside, alias);
    const sandbox = await createSandbox([{ path: alias }]);
    for (const top of [alias, inside])
      expect(await sandbox.info(await sandbox.resolve(path.join(top, "file")))).toMatchObject({
        real: path.join(inside, "file"),
      });
  });

  it("looks for a relative path in each directory, and takes the first when it is in none", async () => {
    const { inside, outside } = await scratch();
    const sandbox = await createSandbox([{ path: inside }, { path: outside }]);
    expect((await sandbox.resolve("secret.txt")).path).toBe(path.join(outside, "secret.txt"));
    expect((await sandbox.resolve("new")).path).toBe(path.join(inside, "new"));
  });

  it("refuses every change in a read-only directory, also through links and nested ones (FS13)", async () => {
    const { inside, outside } = await scratch();
    fs.mkdirSync(path.join(inside, "kept/sub"), { recursive: true });
    fs.writeFileSync(path.join(inside, "kept/file"), "x");
    fs.writeFileSync(path.join(inside, "free"), "x");
    fs.symlinkSync("kept", path.join(inside, "way"));
    fs.symlinkSync("kept/file", path.join(inside, "shortcut"));
    const sandbox = await createSandbox([
      { path: inside },
      { path: path.join(inside, "kept"), readOnly: true },
      { path: outside, readOnly: true },
    ]);
    const at = (name: string) => sandbox.resolve(name);
    const bytes = Buffer.from("evil");
    const before = contents(inside);
    for (const name of ["kept/file", "kept/new", "way/file", "way/new", `${outside}/new`]) {
      const place = await at(name);
      for (const attempt of [
        async () => sandbox.write(place, bytes),
        async () => sandbox.append(place, bytes),
        async () => sandbox.makeDirectory(await at(path.join(name, "../made"))),
        async () => sandbox.remove(place),
        async () => sandbox.move(place, await at("moved")),
        async () => sandbox.move(await at("free"), place),
        async () => sandbox.copy(await at("free"), place),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: "read-only" });
    }
    await expect(sandbox.update(await at("shortcut"), () => bytes)).rejects.toMatchObject({
      code: "read-only",
    });
    expect(contents(inside)).toEqual(before);
    expect(contents(outside)).toEqual({ "secret.txt": secret });
  });

  it("does not move or remove a directory that is or holds an allowed one", async () => {
    const { inside } = await scratch();
    fs.mkdirSync(path.join(inside, "a/b"), { recursive: true });
    const sandbox = await createSandbox([{ path: inside }, { path: path.join(inside, "a/b") }]);
    const remove = sandbox.remove(await sandbox.resolve("a"), { contents: "remove" });
    await expect(remove).rejects.toMatchObject({ code: "denied" });
    const move = sandbox.move(await sandbox.resolve("a"), await sandbox.resolve("c"));
    await expect(move).rejects.toMatchObject({ code: "denied" });
    await expect(sandbox.remove(await sandbox.resolve("."))).rejects.toThrow("allowed directory");
    expect(contents(inside)).toEqual({ a: "/", "a/b": "/" });
  });

  it("can be narrowed by a client but never widened, and keeps read-only directories so (FS10)", async () => {
    const { inside, outside, put } = await scratch();
    put("a/file", "x");
    put("kept/file", "x");
    const kept = path.join(inside, "kept");
    const sandbox = await createSandbox([{ path: inside }, { path: kept, readOnly: true }]);
    const gone = path.join(inside, "gone");
    const a = await sandbox.narrowedTo(
      [path.join(inside, "a"), outside, gone].map((path) => ({ path })),
    );
    expect(a.roots.map((root) => root.path)).toEqual([path.join(inside, "a")]);
    await expect(a.resolve(path.join(kept, "file"))).rejects.toMatchObject({
      code: "outside",
    });
    const around = await sandbox.narrowedTo([{ path: path.dirname(inside) }]);
    expect(around.roots.map(({ path, readOnly }) => ({ path, readOnly }))).toEqual([
      { path: inside, readOnly: false },
      { path: kept, readOnly: true },
    ]);
    expect((await sandbox.narrowedTo([{ path: outside }])).roots).toEqual([]);
    expect(sandbox.roots).toHaveLength(2);
  });

  it("judges a place resolved by another view by its own directories", async () => {
    const { sandbox, inside, put } = await scratch();
    put("a/file", "x");
    put("b/file", "x");
    const [a, b] = [await sandbox.resolve("a/file"), await sandbox.resolve("b/file")];
    const narrow = await sandbox.narrowedTo([{ path: path.join(inside, "a") }]);
    expect((await narrow.readBytes(a)).bytes.toString()).toBe("x");
    await expect(narrow.readBytes(b)).rejects.toMatchObject({ code: "outside" });
    await expect(narrow.write(b, Buffer.from("y"))).rejects.toMatchObject({ code: "outside" });
  });

  it("cannot be opened on what is missing or is no directory", async () => {
    const { put, inside } = await scratch();
    const file = put("file", "x");
    await expect(createSandbox([{ path: file }])).rejects.toMatchObject({ code: "not-directory" });
    const missing = path.join(inside, "missing");
    await expect(createSandbox([{ path: missing }])).rejects.toMatchObject({ code: "not-found" });
  });
});
