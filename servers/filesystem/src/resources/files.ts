import {
  type Context,
  JSON_RPC,
  type JsonValue,
  type Page,
  type Resource,
  ResourceNotFound,
  type ResourceSource,
  RpcError,
} from "@portico/core";
import type { Deps } from "../deps.ts";
import { pathOf, uriOf } from "../file-uri.ts";
import { mediaTypeOf } from "../media-type.ts";
import { printable, SandboxError, type SizedEntry } from "../sandbox/index.ts";
import type { Watcher } from "../watch/watcher.ts";
import { completeUriPath } from "./complete-path.ts";
import { DIRECTORY_TYPE, readContents } from "./contents.ts";

const PAGE_SIZE = 200;

/**
 * Every allowed file and directory as a `file://` resource. The list is hierarchical: it has the allowed
 * directories and what is directly in them; reading a directory lists what is in that.
 */
export function fileResources(watcher: Watcher): ResourceSource<Deps> {
  return {
    template: {
      uriTemplate: "file:///{+path}",
      name: "file",
      title: "File or directory",
      description: "A file by its absolute path, or a directory, whose contents list its entries.",
    },
    completers: new Map([
      [
        "path",
        async (typed, ctx) => completeUriPath(await ctx.deps.access.knownFilesFor(ctx), typed),
      ],
    ]),
    list,
    read: async (uri, ctx) =>
      ofFile(uri, async (path) => readContents(uri, path, await ctx.deps.access.filesFor(ctx))),
    watch: (uri, changed, ctx) =>
      ofFile(uri, async (path) =>
        watcher.watch(await ctx.deps.access.watchableFor(ctx), path, changed),
      ),
  };
}

/** Where a list goes on: which allowed directory, and after which of its entries. */
type Position = readonly [root: number, after: string | null];

async function list(ctx: Context<Deps>, position?: JsonValue): Promise<Page<Resource>> {
  const files = await ctx.deps.access.knownFilesFor(ctx);
  const [index, after] = (position ?? [0, null]) as unknown as Position;
  const root = files.roots[index];
  if (!root) return { items: [] };
  const place = await files.resolve(root.path);
  const { entries, next } = await files.listSized(place, {
    limit: PAGE_SIZE,
    ...(after !== null && { after }),
  });
  const items = entries
    .filter(({ type }) => type === "file" || type === "directory")
    .map((entry) => describe(files.child(place, entry.name).path, entry));
  if (after === null) {
    items.unshift({ uri: uriOf(root.path, true), name: root.path, mimeType: DIRECTORY_TYPE });
  }
  if (next !== undefined) return { items, next: [index, next] };
  return index + 1 < files.roots.length ? { items, next: [index + 1, null] } : { items };
}

function describe(path: string, { name, type, size, modified }: SizedEntry): Resource {
  const isDirectory = type === "directory";
  const mimeType = isDirectory ? DIRECTORY_TYPE : mediaTypeOf(path);
  return {
    uri: uriOf(path, isDirectory),
    name: printable(name),
    ...(mimeType !== undefined && { mimeType }),
    ...(!isDirectory && { size }),
    annotations: { lastModified: new Date(modified).toISOString() },
  };
}

/**
 * Works on the path of a `file://` URI; nothing for any other URI.
 * @throws {ResourceNotFound} for what is outside as for what does not exist: they must look the same
 */
function ofFile<T>(uri: string, work: (path: string) => Promise<T>): Promise<T> | undefined {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  return work(path).catch((error) => {
    if (!(error instanceof SandboxError)) throw error;
    if (error.code !== "too-large") throw new ResourceNotFound(uri);
    throw new RpcError(JSON_RPC.invalidParams, error.message);
  });
}
