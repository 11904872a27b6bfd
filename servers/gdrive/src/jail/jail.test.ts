import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { put, scratch } from "@portico/testing-servers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { JailError } from "./error.ts";
import { Jail } from "./jail.ts";
import { checkName, fittingName } from "./name.ts";

async function* pieces(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function read(jail: Jail, name: string, owner = ""): Promise<string> {
  await using file = await jail.open(owner, name);
  return Buffer.from(await file.read(0, file.size)).toString();
}

/** A folder with a file beside it that nobody may reach. */
function place(): { dir: string; jail: Jail } {
  const dir = scratch({ "secret.txt": "secret", "jail/own.txt": "own" });
  return { dir, jail: new Jail(path.join(dir, "jail")) };
}

test("GD2: a name that leads out of the folder is refused, however it is spelt", async () => {
  const { dir, jail } = place();
  const names = [
    "../secret.txt",
    "..",
    ".",
    "",
    path.join(dir, "secret.txt"),
    "x/../../secret.txt",
    "..\\secret.txt",
    "C:secret.txt",
    "own.txt\0.png",
    "own.txt ",
    "own.txt.",
    ".hidden",
    "nul.txt",
    "\u202etxt.own",
  ];
  for (const name of names) {
    await expect(read(jail, name), JSON.stringify(name)).rejects.toThrow(JailError);
    const written = jail.write("", name, pieces("x"), { overwrite: true });
    await expect(written, JSON.stringify(name)).rejects.toThrow(JailError);
  }
  expect(fs.readFileSync(path.join(dir, "secret.txt"), "utf8")).toBe("secret");
  expect(fs.readdirSync(path.join(dir, "jail"))).toEqual(["own.txt"]);
});

test("GD2: no name that is taken leaves its folder or is changed by joining", () => {
  const odd = fc.constantFrom("/", "\\", "..", ".", ":", "\0", "~", "%2e", "\u202e", " ", "a");
  const name = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(odd).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(name, (given) => {
      try {
        checkName(given);
      } catch (error) {
        expect(error).toBeInstanceOf(JailError);
        return;
      }
      for (const system of [path.posix, path.win32]) {
        expect(system.basename(system.join("/jail", given))).toBe(given);
        expect(system.dirname(system.join("/jail", given))).toBe(system.normalize("/jail"));
      }
    }),
    { seed: 21, numRuns: 2_000 },
  );
});

test("any name of Drive becomes one that is taken", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme", minLength: 150, maxLength: 400 }),
    fc.constantFrom("con", "..", "/", "a/b", " a. ", "lpt1.txt", "\ud800"),
  );
  fc.assert(
    fc.property(name, fc.constantFrom("", ".docx"), (given, end) => {
      const fitting = fittingName(given, end);
      expect(checkName(fitting)).toBe(fitting);
      expect(fitting.endsWith(end)).toBe(true);
    }),
    { seed: 22, numRuns: 2_000 },
  );
  expect(fittingName("Report (final), 2026.pdf")).toBe("Report (final), 2026.pdf");
});

test("GD2: a link is neither read through nor written through", async () => {
  const { dir, jail } = place();
  put(path.join(dir, "jail"), { "link.txt": { link: "../secret.txt" } });
  await expect(read(jail, "link.txt")).rejects.toThrow('"link.txt" is a link');
  const keeping = jail.write("", "link.txt", pieces("x"), { overwrite: false });
  await expect(keeping).rejects.toThrow("exists already");
  await jail.write("", "link.txt", pieces("new"), { overwrite: true });
  expect(await read(jail, "link.txt")).toBe("new");
  expect(fs.readFileSync(path.join(dir, "secret.txt"), "utf8")).toBe("secret");
});

test("GD2: a folder, a pipe and a missing file are refused at once", async () => {
  const { dir, jail } = place();
  put(path.join(dir, "jail"), { folder: null });
  execFileSync("mkfifo", [path.join(dir, "jail", "pipe")]);
  await expect(read(jail, "folder")).rejects.toThrow("is no file");
  await expect(read(jail, "pipe")).rejects.toThrow("is no file");
  await expect(read(jail, "none.txt")).rejects.toThrow('There is no file "none.txt"');
});

test("callers who authenticated have a folder each, which nobody else can name", async () => {
  const { dir, jail } = place();
  await jail.write("ann", "a.txt", pieces("ann's"), { overwrite: false });
  expect(await read(jail, "a.txt", "ann")).toBe("ann's");
  await expect(read(jail, "a.txt", "bob")).rejects.toThrow("There is no file");
  await expect(read(jail, "a.txt")).rejects.toThrow("There is no file");
  await expect(read(jail, "own.txt", "ann")).rejects.toThrow("There is no file");
  const own = fs.readdirSync(path.join(dir, "jail")).filter((name) => name.startsWith("."));
  expect(own.length).toBeGreaterThan(0);
  for (const name of own) await expect(read(jail, name)).rejects.toThrow(JailError);
});

test("a folder of a caller that is a link is not entered", async () => {
  const { dir, jail } = place();
  await jail.write("ann", "a.txt", pieces("x"), { overwrite: false });
  const [own = ""] = fs.readdirSync(path.join(dir, "jail")).filter((name) => name.startsWith("."));
  fs.rmSync(path.join(dir, "jail", own), { recursive: true });
  fs.symlinkSync("..", path.join(dir, "jail", own));
  await expect(read(jail, "secret.txt", "ann")).rejects.toThrow("is a link");
});

test("a file is written whole or not at all, for its owner alone", async () => {
  const { dir, jail } = place();
  expect(await jail.write("", "b.txt", pieces("one ", "two"), { overwrite: false })).toBe(7);
  expect(await read(jail, "b.txt")).toBe("one two");
  expect(fs.statSync(path.join(dir, "jail/b.txt")).mode & 0o777).toBe(0o600);
  async function* broken(): AsyncIterable<Uint8Array> {
    yield Buffer.from("half");
    throw new Error("cut");
  }
  await expect(jail.write("", "b.txt", broken(), { overwrite: true })).rejects.toThrow("cut");
  expect(await read(jail, "b.txt")).toBe("one two");
  expect(fs.readdirSync(path.join(dir, "jail")).sort()).toEqual(["b.txt", "own.txt"]);
});

test("no refusal says where the folder is", async () => {
  const { dir, jail } = place();
  put(dir, { "jail/link": { link: "/etc/passwd" }, "jail/folder": null });
  for (const name of ["none", "link", "folder", "../x"]) {
    await expect(read(jail, name)).rejects.not.toThrow(dir);
  }
});

test("a file that shrinks while it is read is told of", async () => {
  const { dir, jail } = place();
  await using file = await jail.open("", "own.txt");
  fs.truncateSync(path.join(dir, "jail/own.txt"), 1);
  await expect(file.read(0, file.size)).rejects.toThrow("changed while it was read");
});
