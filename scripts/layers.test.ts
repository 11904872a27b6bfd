import { describe, expect, test } from "vitest";
import { closure, cycles } from "./layers/graph.ts";
import {
  eraComplaints,
  layerComplaints,
  nodeComplaints,
  packageComplaints,
  revisionComplaints,
} from "./layers/rules.ts";
import { importsOf, readSources, type Source } from "./layers/sources.ts";

const sources = readSources();

describe("the sources", () => {
  test("of core import only lower layers", () => {
    expect(layerComplaints(sources)).toEqual([]);
  });

  test("of one era never import the other", () => {
    expect(eraComplaints(sources)).toEqual([]);
  });

  test("import only packages below their own, and a server's domain none", () => {
    expect(packageComplaints(sources)).toEqual([]);
  });

  test("of core import Node only in Node transports", () => {
    expect(nodeComplaints(sources)).toEqual([]);
  });

  test("decide by revision only in protocol/ and era/", () => {
    expect(revisionComplaints(sources)).toEqual([]);
  });

  test("have no import cycle", () => {
    const remedy = "Move what both ends need to a file of its own, or import its type only.";
    const found = cycles(sources).map((cycle) => `${cycle.join(" -> ")}: ${remedy}`);
    expect(found).toEqual([]);
  });

  test("reached from core's root entry need no Node", () => {
    const reached = [...closure(sources, "packages/core/src/index.ts")];
    const node = reached.filter(([path]) => path.startsWith("node:"));
    const remedy = "Export what needs it from node.ts instead of index.ts.";
    const found = node.map(([builtin, importer]) => `${importer} imports ${builtin}. ${remedy}`);
    expect(found).toEqual([]);
  });
});

describe("the rules notice", () => {
  test("an import that points up", () => {
    const up = source("packages/core/src/protocol/a.ts", `import { b } from "../kernel/b.ts";`);
    expect(layerComplaints([up])).toHaveLength(1);
  });

  test("an import between siblings, and a folder without a layer", () => {
    const sideways = source("packages/core/src/server/a.ts", `export * from "../middleware/b.ts";`);
    const unknown = source("packages/core/src/misc/a.ts", `import "../kernel/b.ts";`);
    expect(layerComplaints([sideways, unknown])).toHaveLength(2);
  });

  test("one era importing the other, even a type", () => {
    const legacy = source(
      "packages/core/src/era/legacy/a.ts",
      `import type {\n  B,\n  C,\n} from "../modern/b.ts";`,
    );
    expect(eraComplaints([legacy])).toHaveLength(1);
  });

  test("a server's domain that knows MCP, and a package that imports one above it", () => {
    const domain = source("servers/x/src/domain/a.ts", `import { tool } from "@portico/core";`);
    const package_ = source("packages/core/src/a.ts", `import { run } from "@portico/runner";`);
    const tools = source("servers/x/src/tools/a.ts", `import { tool } from "@portico/core";`);
    const unknown = source("packages/x/src/a.ts", `import { tool } from "@portico/core";`);
    expect(packageComplaints([domain, package_])).toHaveLength(2);
    expect(packageComplaints([unknown])).toEqual([expect.stringContaining("PACKAGE_LAYERS")]);
    expect(packageComplaints([tools])).toEqual([]);
  });

  test("Node in core, also imported lazily", () => {
    const eager = source("packages/core/src/kernel/a.ts", `import { join } from "node:path";`);
    const lazy = source("packages/core/src/kernel/b.ts", `const c = await import("node:crypto");`);
    expect(nodeComplaints([eager, lazy])).toHaveLength(2);
  });

  test("a decision by revision, but not a comment about one", () => {
    const compared = source("packages/core/src/kernel/a.ts", `export const a = revision >= other;`);
    const named = source("packages/core/src/server/a.ts", `export const a = "2025-11-25";`);
    const said = source("packages/core/src/server/b.ts", `/** Since "2025-11-25". */ export {};`);
    expect(revisionComplaints([compared, named])).toHaveLength(2);
    expect(revisionComplaints([said])).toEqual([]);
  });

  test("a cycle, unless an import in it is lazy or of a type", () => {
    const a = source("packages/core/src/kernel/a.ts", `import "./b.ts";`);
    const b = source("packages/core/src/kernel/b.ts", `export { c } from "./a.ts";`);
    const type = source("packages/core/src/kernel/b.ts", `import type { A } from "./a.ts";`);
    const lazy = source("packages/core/src/kernel/b.ts", `const a = import("./a.ts");`);
    expect(cycles([a, b])).toEqual([[a.path, b.path, a.path]]);
    expect(cycles([a, lazy])).toEqual([]);
    expect(cycles([a, type])).toEqual([]);
  });
});

function source(path: string, text: string): Source {
  return { path, text, imports: importsOf(path, text) };
}
