import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Tool } from "@portico/core";
import { toolTable, withPart } from "@portico/testing-servers";
import { NAMES } from "../../src/selection.ts";
import { allTools } from "../../src/tools/all-tools.ts";
import type { GitHubTool } from "../../src/tools/shared/github-tool.ts";
import { TOOLSETS } from "../../src/toolsets.ts";
import { differences } from "./differences.ts";

// Run by itself it rewrites what the README takes from the definition:
//   pnpm exec node --conditions=portico-source servers/github/test/support/readme.ts

/** The README of the package. */
export const readmePath: string = path.join(import.meta.dirname, "../../README.md");

const USUAL = ["owner", "repo", "page", "perPage", "after", "fields"];

/** The README with its generated parts as the definition has them now. */
export function generated(readme: string): string {
  const toolsets = NAMES.filter((name) => name !== "archived").map(section);
  const intro = `All but ${USUAL.map((name) => `\`${name}\``).join(", ")} are named here; "(seldom)" marks what is listed only on request.`;
  const tools = ["## Tools", intro, ...toolsets].join("\n\n");
  const older = allTools.filter(({ stands }) => stands !== undefined);
  const rows = older.map(
    ({ published, stands }) => `| \`${published.name}\` | \`${stands?.published.name}\` |`,
  );
  const archived = ["| name | stands for |", "|---|---|", ...rows].join("\n");
  const list = differences.map((row) => `- ${row}`).join("\n");
  const parts = {
    tools,
    archived,
    differences: `## Differences from the official servers\n\n${list}`,
  };
  return Object.entries(parts).reduce((text, [name, part]) => withPart(text, name, part), readme);
}

function section(toolset: keyof typeof TOOLSETS): string {
  const tools = allTools.filter((tool) => tool.toolset === toolset);
  return `### \`${toolset}\`\n\n${TOOLSETS[toolset]}.\n\n${toolTable(tools.map(shown), USUAL)}`;
}

function shown({ published, isRare }: GitHubTool): Tool {
  if (!isRare) return published;
  return { ...published, description: `(seldom) ${published.description}` };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.writeFileSync(readmePath, generated(fs.readFileSync(readmePath, "utf8")));
}
