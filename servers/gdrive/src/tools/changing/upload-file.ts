import { type Context, s, ToolError } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { getMeant } from "../../filing/filed.ts";
import type { Reach } from "../../reach.ts";
import { type Content, contentOfBase64 } from "../../upload/content.ts";
import { type Kind, kindOfNative, mediaTypeOf } from "../../upload/media-type.ts";
import { createFile, replaceContent } from "../../upload/store.ts";
import { googleTool } from "../shared/google-tool.ts";
import { changed, changedOutput, REPLACES } from "./shared/changed.ts";
import { admitConversion, convertTo } from "./shared/conversion.ts";
import { mustHoldContent } from "./shared/replaceable.ts";

const optionalText = s.optional(s.string());

/** Sends a file to Drive: from the operator's folder, or as it is given. */
export const uploadFile = googleTool({
  name: "upload_file",
  title: "Upload File",
  description:
    "Upload a file from the server's folder, or base64 content; with file_id in place of that file's content.",
  input: s.object({
    file: s.optional(s.string({ description: "Its name in the folder" })),
    base64: optionalText,
    name: s.optional(s.string({ description: "In Drive; needed with base64", maxLength: 1_000 })),
    mime_type: optionalText,
    convert_to: convertTo,
    folder_id: optionalText,
    file_id: optionalText,
  }),
  output: changedOutput,
  annotations: { ...REPLACES, idempotentHint: false },
  need: "drive.write",
  async run({ file, base64, ...to }, google, ctx) {
    if ((file === undefined) === (base64 === undefined)) {
      throw new ToolError("Give either file or base64.");
    }
    if (file === undefined) return send(contentOfBase64(base64 ?? ""), to, google, ctx);
    const { uploads } = ctx.deps;
    if (!uploads) {
      throw new ToolError(
        "This server has no folder to upload from; send base64, or ask the operator to start it with --upload-dir.",
      );
    }
    await using content = await uploads.open(google.owner, file);
    // Awaited here: the file is closed when this function is left.
    return await send(content, { name: file, ...to, file }, google, ctx);
  },
});

interface Target {
  readonly name?: string;
  /** The name it has in the operator's folder, when it comes from there. */
  readonly file?: string;
  readonly mime_type?: string;
  readonly convert_to?: Kind;
  readonly folder_id?: string;
  readonly file_id?: string;
}

async function send(content: Content, to: Target, google: Reach, ctx: Context<Deps>) {
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
  const mimeType =
    to.mime_type ?? (to.name === undefined && kind === undefined ? type : typeOf(to));
  if (kind !== undefined) await admitConversion({ kind, mimeType, content, from: from(to) }, ctx);
  const given = { mimeType, content };
  return changed(await replaceContent(google, meant, given, watch(content, google, ctx)));
}

function typeOf({ mime_type: mimeType, name = "", file = "" }: Target): string {
  return mimeType ?? mediaTypeOf(name) ?? mediaTypeOf(file) ?? "application/octet-stream";
}

function from({ file }: Target): "caller" | "folder" {
  return file === undefined ? "caller" : "folder";
}

function watch({ size }: Content, { signal }: Reach, ctx: Context<Deps>) {
  return { progress: (bytes: number) => ctx.progress(bytes, size), signal };
}
