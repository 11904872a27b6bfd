import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Tool } from "@portico/core";
import { connect } from "@portico/core/testing";
import { toolTable, withPart } from "@portico/testing-servers";
import { LazyStore } from "../../src/lazy-store.ts";
import { memory } from "../../src/server.ts";
import { TransferFolder } from "../../src/transfer/folder.ts";
import { differences } from "./differences.ts";

// Run by itself it rewrites what the README takes from the definition:
//   pnpm exec node --conditions=portico-source servers/memory/test/support/readme.ts

/** The README of the package. */
export const readmePath: string = path.join(import.meta.dirname, "../../README.md");

/** The README with its generated parts as the definition has them now. */
export async function generated(readme: string): Promise<string> {
  const rows = Object.values(differences).map((row) => `- ${row}`);
  const withTools = withPart(readme, "tools", toolTable(await publishedTools(), ["project"]));
  return withPart(withTools, "differences", rows.join("\n"));
}

async function publishedTools(): Promise<Tool[]> {
  const store = new LazyStore(() => Promise.reject(new Error("Listing tools opens no store.")));
  const folder = new TransferFolder("never touched");
  const client = await connect(memory({ store, project: "default", folder }));
  const tools = await client.listTools();
  await client.close();
  return tools;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.writeFileSync(readmePath, await generated(fs.readFileSync(readmePath, "utf8")));
}
