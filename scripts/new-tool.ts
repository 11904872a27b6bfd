/**
 * Makes a tool with its test in a server, offers it, and renews what the server's tests and page say of its tools.
 *
 *   pnpm new-tool harbour list_boats "List the boats that lie there."
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { descriptionComplaint, toolNameComplaint } from "./generate/names.ts";
import { addTool, toolComplaint } from "./generate/tool.ts";

const root = resolve(import.meta.dirname, "..");
const [server = "", name = "", description = ""] = process.argv.slice(2);
const tool = { server, name, description };

const misuse = toolNameComplaint(name) ?? descriptionComplaint(description);
const example = 'pnpm new-tool harbour list_boats "List the boats that lie there."';
const complaint = misuse ? `${misuse}\n  ${example}` : toolComplaint(root, tool);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(2);
}

addTool(root, tool);
const folder = `servers/${server}`;
const file = `${folder}/src/tools/${name.replaceAll("_", "-")}`;
run(
  "node_modules/@biomejs/biome/bin/biome",
  "check",
  "--write",
  "--log-level=error",
  `${folder}/src`,
);
const schemas = `${folder}/test/tool-schemas.test.ts`;
const keepsRules = run("node_modules/vitest/vitest.mjs", "run", schemas, "--update", "--silent");
const page = `${folder}/test/support/readme.ts`;
if (existsSync(join(root, page))) run("--conditions=portico-source", page);

const rules = `- what ${schemas} asks of every tool of this server, printed above\n`;
console.log(`${file}.ts and ${file}.test.ts are made, and the tool is offered. What is left:
- its arguments and its answer; deps come with a second parameter: run(args, { deps }: Context<Deps>)
${keepsRules ? "" : rules}- git diff ${folder}: what hosts see of the tools changed in test/tool-schemas.snap
- pnpm exec vitest run ${folder}
- pnpm changeset, and say in one sentence what users get`);

/** Runs a tool of the repository; whether it had nothing to complain of. What it complains of is shown. */
function run(...args: readonly string[]): boolean {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0;
}
