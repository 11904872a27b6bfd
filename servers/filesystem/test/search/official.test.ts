import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findFiles } from "../../src/search/find-files.ts";
import { formatTree, readTree, type TreeNode } from "../../src/search/tree.ts";
import { fencedDiff } from "../../src/text/diff.ts";
import { applyEdits } from "../../src/text/edit.ts";
import { localFolder } from "./disk-folder.ts";
import { officialServer } from "./official-server.ts";
import { type Layout, makeTree } from "./sample-tree.ts";

const limits = { timeMs: 60_000 };

/** A tree with all sorts of names, the same for the same seed. */
function generatedLayout(seed: number): Layout {
  const name = fc.constantFrom(
    "a",
    "B",
    "c.ts",
    "d.md",
    ".hidden",
    "node_modules",
    "src",
    "ä ö",
    "x-1",
    "[id]",
  );
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join("/"));
  const [paths] = fc.sample(fc.uniqueArray(path, { minLength: 120, maxLength: 150 }), {
    seed,
    numRuns: 1,
  });
  const layout: Record<string, string> = {};
  for (const one of paths ?? []) layout[`${one}.f`] = one;
  return layout;
}

describe("beside the official server", () => {
  test("search_files finds the same paths in the same order", async () => {
    const root = makeTree({
      ...generatedLayout(1),
      outside: { link: "/" },
      inside: { link: "a.f" },
      dangling: { link: "nowhere" },
      around: { link: "." },
    });
    const official = await officialServer(root);
    const patterns = [
      "**",
      "*",
      "**/*.f",
      "*.f",
      "**/src/**",
      "**/{a,B}*",
      "src/*",
      "**/.hidden*",
      "**/node_modules",
      "**/@(a|B).f",
      "**/[!a]*.f",
      "a/**/*.f",
      "nothing",
      "**/*i*",
    ];
    const excludes = [[], ["node_modules"], ["**/node_modules/**"], ["**/.*", "src"], ["*.f"]];
    for (const pattern of patterns) {
      for (const exclude of excludes) {
        const { found } = await findFiles(
          localFolder(root),
          { pattern, exclude, limit: 10_000 },
          limits,
        );
        const ours = found.map(({ path }) => join(root, path)).join("\n") || "No matches found";
        const theirs = await official.call("search_files", {
          path: root,
          pattern,
          excludePatterns: exclude,
        });
        expect([pattern, exclude, ours]).toEqual([pattern, exclude, theirs]);
      }
    }
  });

  test("directory_tree gives the same JSON", async () => {
    const root = makeTree({ ...generatedLayout(2), empty: null, inside: { link: "empty" } });
    const official = await officialServer(root);
    for (const excludePatterns of [
      [],
      ["node_modules"],
      ["src", "*.f"],
      ["**/.hidden*"],
      ["a/B"],
      ["[id]"],
      ["c.ts"],
    ]) {
      const tree = await readTree(
        localFolder(root),
        { exclude: excludePatterns, maxEntries: 10_000 },
        limits,
      );
      const theirs = await official.call("directory_tree", { path: root, excludePatterns });
      expect(formatTree(withoutLinkMarks(tree.nodes))).toBe(theirs);
    }
  });

  test("edit_file edits alike and shows the same diff, where the text stands once", async () => {
    const root = makeTree({ "f.txt": "" });
    const official = await officialServer(root);
    const file = join(root, "f.txt");
    const indent = fc.constantFrom("", "  ", "\t", "    ");
    const lineOf = fc
      .tuple(indent, fc.constantFrom("if (a) {", "}", "go();", "", "```", "x = 1;"))
      .map((parts) => parts.join(""));
    const lines = (minLength: number, maxLength: number) =>
      fc.array(lineOf, { minLength, maxLength }).map((all) => all.join("\n"));
    await fc.assert(
      fc.asyncProperty(lines(1, 8), lines(1, 3), lines(0, 4), async (text, oldText, newText) => {
        let ours: string;
        try {
          ours = applyEdits(text, [{ oldText, newText }]).text;
        } catch {
          // No match, or two: the official server then fails as well, or takes the first.
          fc.pre(false);
          return;
        }
        writeFileSync(file, text);
        const diff = await official.call("edit_file", {
          path: file,
          edits: [{ oldText, newText }],
        });
        expect(readFileSync(file, "utf8")).toBe(ours);
        expect(await fencedDiff(file, text, ours)).toBe(diff);
      }),
      { seed: 41, numRuns: 100, maxSkipsPerRun: 1000 },
    );
  });
});

/** We mark links; the official server shows them as plain files. */
function withoutLinkMarks(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.map(({ link: _, children, ...node }) => ({
    ...node,
    ...(children && { children: withoutLinkMarks(children) }),
  }));
}
