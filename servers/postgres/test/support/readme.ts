import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Tool } from "@portico/core";
import { connect } from "@portico/core/testing";
import { differences } from "./differences.ts";
import { serverOn } from "./server.ts";

// Run by itself it rewrites what the README takes from the definition:
//   pnpm exec node --conditions=portico-source servers/postgres/test/support/readme.ts

/** The README of the package. */
export const readmePath: string = path.join(import.meta.dirname, "../../README.md");

/** The README with its generated parts as the definition has them now. */
export async function generated(readme: string): Promise<string> {
  const rows = Object.values(differences).map((row) => `- ${row}`);
  const withTools = withPart(readme, "tools", toolTable(await publishedTools()));
  return withPart(withTools, "differences", rows.join("\n"));
}

async function publishedTools(): Promise<Tool[]> {
  const client = await connect(serverOn({}, { "access-mode": "read-write" }));
  const tools = await client.listTools();
  await client.close();
  return tools;
}

function toolTable(tools: readonly Tool[]): string {
  const rows = tools.map((tool) => {
    const [what] = tool.description?.split(/(?<=[.])\s/) ?? [];
    const kind = tool.annotations?.readOnlyHint ? "reads" : "writes";
    return `| \`${tool.name}\` | ${kind} | ${argumentsOf(tool)} | ${what?.replaceAll(/[|*]/g, "\\$&")} |`;
  });
  return ["| tool | | arguments | what it does |", "|---|---|---|---|", ...rows].join("\n");
}

function argumentsOf({ inputSchema }: Tool): string {
  const names = Object.keys(inputSchema.properties ?? {});
  const shown = names.map((name) => (inputSchema.required?.includes(name) ? name : `${name}?`));
  return shown.map((name) => `\`${name}\``).join(", ");
}

function withPart(readme: string, name: string, text: string): string {
  const part = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!part.test(readme)) throw new Error(`The README has no part called ${name}.`);
  return readme.replace(part, (_, start, end) => `${start}\n\n${text}\n\n${end}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.writeFileSync(readmePath, await generated(fs.readFileSync(readmePath, "utf8")));
}
