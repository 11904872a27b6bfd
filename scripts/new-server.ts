/**
 * Makes a server with one tool that type-checks, lints and passes its own tests, and enters it wherever a server has to be.
 *
 *   pnpm new-server harbour "Find boats in the harbour."
 */
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { descriptionComplaint, serverNameComplaint } from "./generate/names.ts";
import { placeComplaints } from "./generate/places.ts";
import { addServer, serverComplaint } from "./generate/server.ts";

const root = resolve(import.meta.dirname, "..");
const [name = "", description = ""] = process.argv.slice(2);

const misuse = serverNameComplaint(name) ?? descriptionComplaint(description);
const example = 'pnpm new-server harbour "Find boats in the harbour."';
const complaint = misuse ? `${misuse}\n  ${example}` : serverComplaint(root, name);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(2);
}

addServer(root, { name, description });
// These read the tables that the server has just been entered in.
for (const script of ["deploy/listings/write-entries.ts", "deploy/hosts/write-pages.ts"]) {
  execFileSync(process.execPath, [join(root, script)], { cwd: root, stdio: "inherit" });
}
const written = [`servers/${name}`, "tsconfig.json", "bench/budgets.json", "deploy"];
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
const format = ["check", "--write", "--log-level=error", ...written];
execFileSync(process.execPath, [biome, ...format], { cwd: root, stdio: "inherit" });

console.log(`servers/${name} is made. What is left:
- pnpm install, then pnpm exec vitest run servers/${name}
- pnpm new-tool ${name} NAME "DESCRIPTION." for each tool, and the answer in place of the empty one
- settings that people are asked for: deploy/listings/listings.ts and deploy/hosts/programs.ts
- pnpm build, and the kB of its package in bench/budgets.json
${placeComplaints(root, name)
  .map((place) => `- ${place}`)
  .join("\n")}`);
