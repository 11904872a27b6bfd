import { join } from "node:path";
import { indexPage } from "./index-page.ts";
import { SETUPS } from "./programs.ts";
import { serverPage } from "./server-page.ts";

/** Where the pages are. */
export const FOLDER = join(import.meta.dirname, "../../docs/hosts");

/** All pages, by the name of their file. */
export const PAGES: ReadonlyMap<string, string> = new Map([
  ["README.md", indexPage()],
  ...SETUPS.map((setup) => [`${setup.server.name}.md`, serverPage(setup)] as const),
]);
