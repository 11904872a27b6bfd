import {
  type Context,
  type JsonValue,
  type Page,
  type ReadResourceResult,
  type Resource,
  ResourceNotFound,
  type ResourceSource,
} from "@portico/core";
import { seen } from "@portico/remote-api";
import type { Deps } from "../deps.ts";
import { getFile, listFiles, openFile } from "../files/files.ts";
import { queryFor } from "../files/query.ts";
import { readAsIs } from "../files/read.ts";
import { GoogleError } from "../google/error.ts";
import { accountNames, type Caller, defaultAccount, type Reach, reach } from "../reach.ts";
import { forClient } from "../told.ts";
import type { Feeds } from "./feeds.ts";
import { type Target, targetOf, uriOf } from "./uris.ts";

const PAGE_SIZE = 100;

/** The files of all accounts of the caller, the latest first; each can be subscribed to. */
export function driveFiles(feeds: Feeds): ResourceSource<Deps> {
  return {
    template: {
      uriTemplate: "gdrive:///{id}",
      name: "file",
      title: "A file in Google Drive",
      description: "Docs as Markdown, Sheets as CSV, Slides as text, drawings as PNG.",
    },
    list,
    read,
    watch: (uri, changed, ctx) => watch(feeds, uri, changed, ctx),
  };
}

/** Which account's files come next, and from where on. */
interface Place {
  readonly account: string;
  readonly cursor?: string;
}

async function list(ctx: Context<Deps>, position?: JsonValue): Promise<Page<Resource>> {
  const names = await accountNames(ctx);
  const place =
    (position as Place | undefined) ?? (names[0] !== undefined && { account: names[0] });
  if (!place || !names.includes(place.account)) return { items: [] };
  try {
    const google = await reach(ctx, place.account);
    const q = queryFor({});
    const listing = { q, pageSize: PAGE_SIZE, cursor: place.cursor, orderBy: "modifiedTime desc" };
    const { files, cursor } = await listFiles(google, listing, ctx.signal);
    const account = (await defaultAccount(ctx)) === place.account ? undefined : place.account;
    const items = files.map(async ({ id, name, mimeType, modifiedTime }) => ({
      uri: uriOf({ ...(account !== undefined && { account }), id: id ?? "" }),
      name: await seen(name ?? ""),
      ...(mimeType && { mimeType }),
      ...(modifiedTime && { annotations: { lastModified: modifiedTime } }),
    }));
    const next = nextPlace(names, place.account, cursor);
    return { items: await Promise.all(items), ...(next && { next }) };
  } catch (error) {
    throw forClient(error);
  }
}

function nextPlace(
  names: readonly string[],
  account: string,
  cursor: string | undefined,
): { account: string; cursor?: string } | undefined {
  if (cursor !== undefined) return { account, cursor };
  const following = names[names.indexOf(account) + 1];
  return following === undefined ? undefined : { account: following };
}

async function read(uri: string, ctx: Context<Deps>): Promise<ReadResourceResult | undefined> {
  const target = targetOf(uri);
  if (!target) return undefined;
  return within(uri, async () => {
    const google = await reach(ctx, target.account);
    const named = await openFile(google, target.id, ctx.signal);
    const contents = await readAsIs(google, named, ctx.signal);
    const { mimeType } = contents;
    if (contents.kind === "text") return { contents: [{ uri, mimeType, text: contents.text }] };
    const blob = Buffer.from(contents.bytes.buffer).toString("base64");
    return { contents: [{ uri, mimeType, blob }] };
  });
}

async function watch(
  feeds: Feeds,
  uri: string,
  changed: () => void,
  ctx: Caller,
): Promise<(() => void) | undefined> {
  const target = targetOf(uri);
  if (!target) return undefined;
  return within(uri, async () => {
    const google = await existing(target, ctx);
    return feeds.of(google).watch(target.id, changed);
  });
}

async function existing({ account, id }: Target, ctx: Caller): Promise<Reach> {
  const google = await reach(ctx, account);
  await getFile(google, { id }, ctx.signal, "id");
  return google;
}

async function within<T>(uri: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) throw new ResourceNotFound(uri);
    throw forClient(error);
  }
}
