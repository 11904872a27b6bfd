import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Tool } from "@portico/core";
import { connect } from "@portico/core/testing";
import { toolTable, withPart } from "@portico/testing-servers";
import { createAccess } from "../../src/access.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { filesystem } from "../../src/server.ts";
import { differences } from "./differences.ts";

// Run by itself it rewrites what the README takes from the definition:
//   pnpm exec node --conditions=portico-source servers/filesystem/test/support/readme.ts

/** The README of the package. */
export const readmePath: string = path.join(import.meta.dirname, "../../README.md");

/** The README with its generated parts as the definition has them now. */
export async function generated(readme: string): Promise<string> {
  const rows = Object.values(differences).map((row) => `- ${row}`);
  const withTools = withPart(readme, "tools", toolTable(await publishedTools()));
  return withPart(withTools, "differences", rows.join("\n"));
}

async function publishedTools(): Promise<Tool[]> {
  const access = createAccess(await createSandbox([]), { allowClientRoots: false });
  const client = await connect(filesystem({ access, deleteUnasked: false }));
  const tools = await client.listTools();
  await client.close();
  return tools;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.writeFileSync(readmePath, await generated(fs.readFileSync(readmePath, "utf8")));
}
