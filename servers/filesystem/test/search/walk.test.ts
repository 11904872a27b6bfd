import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "../../src/search/budget.ts";
import type { Entry, Folder } from "../../src/search/folder.ts";
import { type WalkOptions, walk } from "../../src/search/walk.ts";
import { distantFolder, folderKinds, localFolder } from "./disk-folder.ts";
import { makeTree } from "./sample-tree.ts";

const budget = () => new Budget({ timeMs: 60_000 });

async function visited(folder: Folder, options: Omit<WalkOptions, "budget">) {
  const paths: string[] = [];
  await walk(folder, { budget: budget(), ...options }, ({ path }) => {
    paths.push(path);
    return undefined;
  });
  return paths;
}

describe.each(folderKinds)("a walk of a %s folder", (_kind, folderAt) => {
  test("visits directories before their contents, in code unit order, and enters no link", async () => {
    const root = makeTree({
      "b/2": "",
      "b/1/x": "",
      a: "",
      "B/z": "",
      ".h/f": "",
      c: { link: "b" },
    });
    expect(await visited(folderAt(root), {})).toEqual([
      ".h",
      ".h/f",
      "B",
      "B/z",
      "a",
      "b",
      "b/1",
      "b/1/x",
      "b/2",
      "c",
    ]);
  });

  test("goes no deeper than asked and leaves out what is excluded, with everything below it", async () => {
    const root = makeTree({ "a/b/c": "", "x/y": "" });
    const folder = folderAt(root);
    expect(await visited(folder, { maxDepth: 1 })).toEqual(["a", "x"]);
    expect(await visited(folder, { exclude: (path) => path === "a" })).toEqual(["x", "x/y"]);
    expect(await visited(folder, { start: "a" })).toEqual(["b", "b/c"]);
  });

  test("leaves out what .gitignore files above and below say", async () => {
    const root = makeTree({
      ".gitignore": "*.log\n/build\nnode_modules/\n!keep.log\n",
      ".git/config": "",
      "a.log": "",
      "keep.log": "",
      "build/x": "",
      "src/build/x": "",
      "src/.gitignore": "!a.log\n*.tmp\n",
      "src/a.log": "",
      "src/b.log": "",
      "src/c.tmp": "",
      "c.tmp": "",
      "src/node_modules/p/index.js": "",
    });
    const folder = folderAt(root);
    expect(await visited(folder, { gitignore: true })).toEqual([
      ".gitignore",
      "c.tmp",
      "keep.log",
      "src",
      "src/.gitignore",
      "src/a.log",
      "src/build",
      "src/build/x",
    ]);
    expect(await visited(folder, { gitignore: true, start: "src" })).toEqual([
      ".gitignore",
      "a.log",
      "build",
      "build/x",
    ]);
  });
});

test("a walk stopped anywhere goes on from there as if it had not stopped", async () => {
  const root = makeTree({ "a/b/c": "", "a/b/d/e": "", "a/f": "", g: "", "h/i": "", "h/j/k": null });
  const folder = localFolder(root);
  const all = await visited(folder, {});
  for (const [index, from] of all.entries()) {
    expect(await visited(folder, { from })).toEqual(all.slice(index));
    const end = await walk(folder, { budget: budget() }, ({ path }) =>
      path === from ? "stop" : undefined,
    );
    expect(end.stopped).toEqual({ reason: "visitor", next: from });
  }
});

test("a walk whose next entry was removed meanwhile goes on after it", async () => {
  const root = makeTree({ "a/1": "", "c/1": "" });
  expect(await visited(localFolder(root), { from: "b/x/y" })).toEqual(["c", "c/1"]);
  expect(await visited(localFolder(root), { from: "a/2" })).toEqual(["c", "c/1"]);
});

test("a distant folder is asked ahead and still visited in the same order", async () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const path = fc
    .array(name, { minLength: 1, maxLength: 4 })
    .map((names) => `${names.join("/")}/f`);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path, { maxLength: 25 }), async (paths) => {
      const folder = imaginaryFolder(paths);
      const distant: Folder = { ...folder, list: async (at, limit) => folder.list(at, limit) };
      expect(await visited(distant, {})).toEqual(await visited(folder, {}));
    }),
    { seed: 21 },
  );
});

test("FS8: a tree ten thousand levels deep is walked without running out of stack", async () => {
  const deep: Folder = {
    ...imaginaryFolder([]),
    list: () => ({ entries: [{ name: "d", type: "directory" }], more: false }),
  };
  expect(await visited(deep, { maxDepth: 10_000 })).toHaveLength(10_000);
});

test("FS8: a directory of a million entries is cut, and the walk says so", async () => {
  const entries = Array.from(
    { length: 1_000_000 },
    (_, i): Entry => ({ name: `${i}`.padStart(7, "0"), type: "file" }),
  );
  const folder: Folder = {
    ...imaginaryFolder([]),
    list: (_path, limit) => ({ entries: entries.slice(0, limit), more: limit < entries.length }),
  };
  let seen = 0;
  const end = await walk(folder, { budget: budget() }, () => {
    seen++;
    return undefined;
  });
  expect({ seen, cut: end.cut }).toEqual({ seen: 200_000, cut: 1 });
});

test("a directory that cannot be read is passed over and counted", async () => {
  const folder = imaginaryFolder(["a/x", "b/y"]);
  const refused = Object.assign(new Error("no"), { code: "denied" });
  const list: Folder["list"] = (path, limit) => {
    if (path === "a") throw refused;
    return folder.list(path, limit);
  };
  const end = await walk({ ...folder, list }, { budget: budget() }, () => undefined);
  expect(end).toEqual({ unreadable: 1, cut: 0 });
  await expect(
    walk({ ...folder, list }, { budget: budget(), start: "a" }, () => undefined),
  ).rejects.toBe(refused);
});

test("a walk lets other work go on, stops in time and obeys its signal", async () => {
  const root = makeTree({ "a/b/c": "" });
  const endless: Folder = {
    ...localFolder(root),
    list: () => ({ entries: [{ name: "d", type: "directory" }], more: false }),
  };
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const end = await walk(
    endless,
    { budget: new Budget({ timeMs: 60 }), maxDepth: 1e9 },
    () => undefined,
  );
  clearInterval(timer);
  expect(end.stopped?.reason).toBe("time");
  expect(turns).toBeGreaterThan(1);
  const signal = AbortSignal.timeout(20);
  await expect(
    walk(
      endless,
      { budget: new Budget({ timeMs: 60_000, signal }), maxDepth: 1e9 },
      () => undefined,
    ),
  ).rejects.toThrow("aborted due to timeout");
  const aborted = AbortSignal.abort("stop now");
  await expect(
    walk(
      distantFolder(root),
      { budget: new Budget({ timeMs: 1000, signal: aborted }) },
      () => undefined,
    ),
  ).rejects.toBe("stop now");
});

/** A folder of files that exist in name only. */
function imaginaryFolder(paths: readonly string[]): Folder {
  const refuse = () => {
    throw Object.assign(new Error("not there"), { code: "not-found" });
  };
  return {
    list(directory) {
      const prefix = directory === "" ? "" : `${directory}/`;
      const types = new Map<string, Entry["type"]>();
      for (const path of paths.filter((one) => one.startsWith(prefix))) {
        const [name, ...rest] = path.slice(prefix.length).split("/") as [string, ...string[]];
        types.set(name, rest.length > 0 ? "directory" : "file");
      }
      const entries = [...types].map(([name, type]) => ({ name, type }));
      return { entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)), more: false };
    },
    stat: refuse,
    open: refuse,
    leadsInside: () => false,
  };
}
