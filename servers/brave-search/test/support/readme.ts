import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { connect } from "@portico/core/testing";
import { toolTable, withPart } from "@portico/testing-servers";
import { braveSearch } from "../../src/server.ts";
import { differences } from "./differences.ts";

// Run by itself it rewrites what the README takes from the definition:
//   pnpm exec node --conditions=portico-source servers/brave-search/test/support/readme.ts

/** The README of the package. */
export const readmePath: string = path.join(import.meta.dirname, "../../README.md");

/** The README with its generated parts as the definition has them now. */
export async function generated(readme: string): Promise<string> {
  const listing = braveSearch({ brave: { get: () => Promise.reject(new Error("Lists only.")) } });
  const client = await connect(listing);
  const tools = await client.listTools();
  await client.close();
  const rows = differences.map((row) => `- ${row}`).join("\n");
  const list = `## Differences from the official servers\n\n${rows}`;
  return withPart(withPart(readme, "tools", toolTable(tools)), "differences", list);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.writeFileSync(readmePath, await generated(fs.readFileSync(readmePath, "utf8")));
}
