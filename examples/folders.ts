import { globSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** Every example: a folder with code in it. */
export const folders: readonly string[] = [
  ...new Set(globSync("*/*.ts", { cwd: import.meta.dirname }).map((file) => dirname(file))),
].sort();

const has = (folder: string, file: string) =>
  readdirSync(join(import.meta.dirname, folder)).includes(file);

/** Examples that are programs of their own and have a page of their own. */
export const programs: readonly string[] = folders.filter((folder) => has(folder, "README.md"));

/** Examples that are a pair: a server.ts, and a client.ts that checks it. */
export const pairs: readonly string[] = folders.filter(
  (folder) => !programs.includes(folder) && has(folder, "server.ts") && has(folder, "client.ts"),
);
