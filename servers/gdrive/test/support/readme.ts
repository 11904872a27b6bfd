import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { connect } from "@portico/core/testing";
import { toolTable, withPart } from "@portico/testing-servers";
import { OPTIONS } from "../../src/options.ts";
import { TOOLSET_NAMES, type ToolsetName } from "../../src/toolset-names.ts";
import { differences } from "./differences.ts";
import { listing } from "./listing.ts";

// Run by itself it rewrites what the README takes from the definition:
//   pnpm exec node --conditions=portico-source servers/gdrive/test/support/readme.ts

/** The README of the package. */
export const readmePath: string = path.join(import.meta.dirname, "../../README.md");

/** The README with its generated parts as the definition has them now. */
export async function generated(readme: string): Promise<string> {
  const tables = await Promise.all(TOOLSET_NAMES.map(toolset));
  const rows = differences.map((row) => `- ${row}`).join("\n");
  const list = `## Differences from the archived server\n\n${rows}`;
  return withPart(withPart(readme, "tools", tables.join("\n\n")), "differences", list);
}

async function toolset(name: ToolsetName): Promise<string> {
  const client = await connect(await listing([name]));
  const tools = await client.listTools();
  await client.close();
  const defaults: readonly string[] = OPTIONS.toolsets.default;
  const when = defaults.includes(name) ? "on by default" : "on request";
  return `### \`${name}\`, ${when}\n\n${toolTable(tools)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.writeFileSync(readmePath, await generated(fs.readFileSync(readmePath, "utf8")));
}
