/** Writes docs/hosts, a page for each server: node deploy/hosts/write-pages.ts */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FOLDER, PAGES } from "./pages.ts";

mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of PAGES) writeFileSync(join(FOLDER, name), text);
