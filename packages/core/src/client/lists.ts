import { InvalidResponse } from "../era/client-era.ts";
import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";

/** Most pages of one list; a server that has more is taken to go round in circles. */
const MOST_PAGES = 1000;
/** Most text (UTF-16 units of JSON) of a list that is gathered whole. */
const MOST_TEXT = 64 * 1024 * 1024;

/**
 * The pages of a list, fetched as they are read.
 * @param fetch gets the page at a cursor, the first without one
 * @throws {InvalidResponse} when there is no end to them
 */
export async function* pagesOf<P>(
  fetch: (cursor: string | undefined) => Promise<P>,
): AsyncGenerator<P, void, undefined> {
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count++) {
    const page = await fetch(cursor);
    yield page;
    cursor = (page as unknown as { nextCursor?: string }).nextCursor;
    // server/utilities/pagination: MUST NOT take an empty cursor for the end.
    if (cursor === undefined) return;
  }
  throw new InvalidResponse(
    `The server's list has no end: ${MOST_PAGES} pages and still a cursor.`,
  );
}

/** Thrown for a page that a cursor led to; its cause is the server's error. */
class BadCursor extends Error {}

/**
 * Every item of a list. A server that no longer knows its own cursor gets one new start, past what is cached
 * (server/utilities/caching: SHOULD restart from page one).
 * @throws {InvalidResponse} when there is no end to them, or they are too large to hold
 */
export async function everyItem<P, Item>(
  fetch: (cursor: string | undefined, again: boolean) => Promise<P>,
  items: (page: P) => readonly Item[],
): Promise<Item[]> {
  try {
    return await collect((cursor) => detectingBadCursor(cursor, () => fetch(cursor, false)), items);
  } catch (error) {
    if (!(error instanceof BadCursor)) throw error;
    return collect((cursor) => fetch(cursor, true), items);
  }
}

async function collect<P, Item>(
  fetch: (cursor: string | undefined) => Promise<P>,
  items: (page: P) => readonly Item[],
): Promise<Item[]> {
  const all: Item[] = [];
  let text = 0;
  for await (const page of pagesOf(fetch)) {
    for (const item of items(page)) all.push(item);
    // A list of one page is no larger than a message may be, and is not measured.
    if (text === 0 && (page as { nextCursor?: string }).nextCursor === undefined) return all;
    text += JSON.stringify(page).length;
    if (text <= MOST_TEXT) continue;
    throw new InvalidResponse(
      `The server's list is too large to hold: more than ${MOST_TEXT / 1024 / 1024} MB. Read it with pages() instead.`,
    );
  }
  return all;
}

async function detectingBadCursor<P>(
  cursor: string | undefined,
  fetch: () => Promise<P>,
): Promise<P> {
  try {
    return await fetch();
  } catch (error) {
    const refused = error instanceof RpcError && error.code === JSON_RPC.invalidParams;
    throw refused && cursor !== undefined ? new BadCursor("", { cause: error }) : error;
  }
}
