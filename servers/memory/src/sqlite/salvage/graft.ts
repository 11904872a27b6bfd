import { open } from "node:fs/promises";
import type { Connection } from "../connection.ts";

const PAGE = 4096;
const HEAD = 100;
/** Where the head of a SQLite file says how many pages it has, and which are free (file format, section 1.3). */
const PAGE_COUNT = 28;
const FREE_PAGES = 32;

/** How much of another database is put into a damaged one: nothing, the head of the file, or all that says what is where. */
export const GRAFTS = ["nothing", "head", "schema"] as const;

/**
 * Gives a file the head of a database as it was when it was begun, or the whole of its schema too: tables of a memory
 * database all begin where they did then.
 */
export async function graft(
  begun: Connection,
  to: string,
  what: (typeof GRAFTS)[number],
): Promise<void> {
  if (what === "nothing") return;
  const source = await open(begun.database.name, "r");
  const target = await open(to, "r+");
  try {
    const pages = what === "head" ? [] : schemaPages(begun);
    for (const page of pages) {
      const bytes = Buffer.alloc(PAGE);
      await source.read(bytes, 0, PAGE, (page - 1) * PAGE);
      await target.write(bytes, 0, PAGE, (page - 1) * PAGE);
    }
    const head = Buffer.alloc(HEAD);
    await source.read(head, 0, HEAD, 0);
    head.writeUInt32BE(Math.floor((await target.stat()).size / PAGE), PAGE_COUNT);
    // Nothing is written any more, so that no page need be free.
    head.fill(0, FREE_PAGES, FREE_PAGES + 8);
    await target.write(head, 0, HEAD, 0);
  } finally {
    await source.close();
    await target.close();
  }
}

function schemaPages(begun: Connection): number[] {
  return begun
    .all<{ pageno: number }>("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
    .map(({ pageno }) => pageno);
}
