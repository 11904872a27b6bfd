import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const source = join(import.meta.dirname, "../../src/schema");

/** Raised only with a reason. Measured: 130,200 type instantiations in all, 614 a tool. */
const ratchet = { total: 140_000, perTool: 650 };

function toolFile(tools: number): string {
  const lines = [
    `import { s } from "${source}/build.ts";`,
    `import type { Output } from "${source}/standard.ts";`,
  ];
  for (let i = 0; i < tools; i++) {
    lines.push(
      `export const input${i} = s.object({`,
      `  path${i}: s.string({ description: "File" }),`,
      `  head: s.optional(s.integer({ minimum: 1 })),`,
      `  kind: s.enum(["text", "binary", "k${i}"]),`,
      `  edits: s.optional(s.array(s.object({ old: s.string(), new: s.string() }))),`,
      `  target: s.union([s.object({ id${i}: s.number() }), s.literal("all")]),`,
      "});",
      `export const run${i} = ({ path${i}, head = 1, edits = [] }: Output<typeof input${i}>) =>`,
      `  path${i}.length + head + edits.length;`,
    );
  }
  return lines.join("\n");
}

function instantiations(folder: string, tools: number): number {
  const file = join(folder, `tools${tools}.ts`);
  writeFileSync(file, toolFile(tools));
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  const options = "--noEmit --extendedDiagnostics --strict --skipLibCheck --target es2024";
  const modules = "--module nodenext --allowImportingTsExtensions --ignoreConfig --types";
  const args = [tsc, ...options.split(" "), ...modules.split(" "), "", file];
  const report = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return Number(/^Instantiations:\s*(\d+)/m.exec(report)?.[1]);
}

test("two hundred tools' schemas cost the type checker a bounded number of instantiations", () => {
  const folder = mkdtempSync(join(tmpdir(), "portico-types-"));
  try {
    const few = instantiations(folder, 20);
    const many = instantiations(folder, 200);
    expect(many).toBeLessThan(ratchet.total);
    expect((many - few) / 180).toBeLessThan(ratchet.perTool);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
