import { type Context, ToolError } from "@portico/core";
import type { Deps } from "../../../deps.ts";
import { getMeant } from "../../../filing/filed.ts";
import type { Reach } from "../../../reach.ts";
import type { Content } from "../../../upload/content.ts";
import { checkType, type Kind, kindOfNative, mediaTypeOf } from "../../../upload/media-type.ts";
import { createFile, replaceContent } from "../../../upload/store.ts";
import { changed } from "./changed.ts";
import { admitConversion } from "./conversion.ts";
import { mustHoldContent } from "./replaceable.ts";

/** Where an upload goes, as a caller says it. */
export interface Target {
  readonly name?: string;
  /** The name it has in the operator's folder, when it comes from there. */
  readonly file?: string;
  readonly mime_type?: string;
  readonly convert_to?: Kind;
  readonly folder_id?: string;
  readonly file_id?: string;
}

/** Makes a file of content, or puts it in place of what a file holds. */
export async function send(content: Content, to: Target, google: Reach, ctx: Context<Deps>) {
  if (to.file_id !== undefined) return replace(content, to, to.file_id, google, ctx);
  const { name, convert_to: kind, folder_id: folderId } = to;
  if (!name) throw new ToolError("Give the name the file shall have in Drive.");
  const mimeType = typeOf(to);
  if (kind !== undefined) await admitConversion({ kind, mimeType, content, from: from(to) }, ctx);
  const draft = { name, folderId, mimeType, kind, content };
  return changed(await createFile(google, draft, watch(content, google, ctx)));
}

async function replace(
  content: Content,
  to: Target,
  id: string,
  google: Reach,
  ctx: Context<Deps>,
) {
  if (to.convert_to !== undefined || to.folder_id !== undefined) {
    throw new ToolError(
      "A file that is replaced stays where and what it is: leave convert_to and folder_id out.",
    );
  }
  if (content.size === 0) throw new ToolError("The file is empty; nothing was replaced.");
  const meant = await getMeant(google, id, google.signal);
  const type = mustHoldContent(meant.file);
  const kind = kindOfNative(type);
  const isNamed = to.mime_type !== undefined || to.name !== undefined;
  const mimeType = isNamed || kind !== undefined ? typeOf(to) : type;
  if (kind !== undefined) await admitConversion({ kind, mimeType, content, from: from(to) }, ctx);
  const given = { mimeType, content };
  return changed(await replaceContent(google, meant, given, watch(content, google, ctx)));
}

function typeOf({ mime_type: mimeType, name = "", file = "" }: Target): string {
  if (mimeType !== undefined) return checkType(mimeType);
  return mediaTypeOf(name) ?? mediaTypeOf(file) ?? "application/octet-stream";
}

function from({ file }: Target): "caller" | "folder" {
  return file === undefined ? "caller" : "folder";
}

function watch({ size }: Content, { signal }: Reach, ctx: Context<Deps>) {
  return { progress: (bytes: number) => ctx.progress(bytes, size), signal };
}
