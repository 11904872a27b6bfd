import {
  type Context,
  type JsonValue,
  type Page,
  type ReadResourceResult,
  type Resource,
  ResourceNotFound,
  type ResourceSource,
} from "@portico/core";
import { MEDIA_BYTES } from "../budget.ts";
import type { Deps } from "../deps.ts";
import { pathOf, uriOf } from "../file-uri.ts";
import { mediaTypeOf } from "../media-type.ts";
import { type Place, printable, type Sandbox, SandboxError } from "../sandbox/index.ts";
import { decodeText } from "../text/encoding.ts";
import { TextError } from "../text/error.ts";
import type { Watcher } from "../watch/watcher.ts";
import { completePath } from "./complete-path.ts";

const DIRECTORY = "inode/directory";
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
      ["path", async (typed, ctx) => completePath(await ctx.deps.filesFor(ctx), typed)],
    ]),
    list,
    read,
    watch: (uri, changed) => {
      const path = pathOf(uri);
      return path === undefined ? undefined : watcher.watch(path, changed);
    },
  };
}

/** Where a list goes on: which allowed directory, and after which of its entries. */
type Position = readonly [root: number, after: string | null];

async function list(ctx: Context<Deps>, position?: JsonValue): Promise<Page<Resource>> {
  const files = await ctx.deps.filesFor(ctx);
  const [index, after] = (position ?? [0, null]) as unknown as Position;
  const root = files.roots[index];
  if (!root) return { items: [] };
  const place = await files.resolve(root.path);
  const { entries, next } = await files.list(place, {
    limit: PAGE_SIZE,
    ...(after !== null && { after }),
  });
  const own = after === null ? [describe(root.path, "directory")] : [];
  const items = entries
    .filter(({ type }) => type === "file" || type === "directory")
    .map(({ name, type }) => describe(files.child(place, name).path, type));
  const last = index === files.roots.length - 1 && next === undefined;
  const following = next === undefined ? [index + 1, null] : [index, next];
  return { items: [...own, ...items], ...(!last && { next: following }) };
}

function describe(path: string, type: string): Resource {
  const isDirectory = type === "directory";
  const mimeType = isDirectory ? DIRECTORY : mediaTypeOf(path);
  return {
    uri: uriOf(path, isDirectory),
    name: printable(path),
    ...(mimeType !== undefined && { mimeType }),
  };
}

async function read(uri: string, ctx: Context<Deps>): Promise<ReadResourceResult | undefined> {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  const files = await ctx.deps.filesFor(ctx);
  try {
    const place = await files.resolve(path);
    const { type } = await files.info(place);
    return type === "directory"
      ? await readDirectory(uri, files, place)
      : await readFile(uri, files, place);
  } catch (error) {
    // What is outside and what does not exist must look the same.
    if (error instanceof SandboxError) throw new ResourceNotFound(uri);
    throw error;
  }
}

async function readDirectory(
  uri: string,
  files: Sandbox,
  place: Place,
): Promise<ReadResourceResult> {
  const { entries, next } = await files.list(place, { limit: 5_000 });
  const children = entries
    .filter(({ type }) => type === "file" || type === "directory")
    .map(({ name, type }) => describe(files.child(place, name).path, type));
  const text = JSON.stringify({ entries: children, complete: next === undefined });
  return { contents: [{ uri, mimeType: DIRECTORY, text }] };
}

async function readFile(uri: string, files: Sandbox, place: Place): Promise<ReadResourceResult> {
  const { bytes, more } = await files.readBytes(place, { maxBytes: MEDIA_BYTES });
  if (more) throw new SandboxError("too-large", "Too large to read as one resource.");
  const mimeType = mediaTypeOf(place.path);
  try {
    const { text } = decodeText(bytes);
    return { contents: [{ uri, mimeType: mimeType ?? "text/plain", text }] };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const blob = bytes.toString("base64");
    return { contents: [{ uri, mimeType: mimeType ?? "application/octet-stream", blob }] };
  }
}
