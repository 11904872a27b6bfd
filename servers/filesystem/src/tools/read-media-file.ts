import { audio, type EmbeddedResource, embedded, image, Reply, s, ToolError } from "@portico/core";
import { MEDIA_BYTES } from "../budget.ts";
import { uriOf } from "../file-uri.ts";
import { mediaTypeOf } from "../media-type.ts";
import { filesTool } from "./shared/files-tool.ts";

const media = s.object({
  type: s.enum(["image", "audio"]),
  data: s.string(),
  mimeType: s.string(),
});

const resource = s.object({
  type: s.literal("resource"),
  resource: s.object({
    uri: s.string(),
    mimeType: s.optional(s.string()),
    blob: s.string(),
  }),
});

/** Reads a file as base64, in the kind of content its type calls for. */
export const readMediaFile = filesTool({
  name: "read_media_file",
  title: "Read Media File",
  description:
    "Read an image or audio file as content the model can see or hear; any other file comes as an embedded resource in base64. Up to 10 MiB.",
  input: s.object({ path: s.string({ description: "File to read" }) }),
  output: s.object({ content: s.array(s.union([media, resource])) }),
  annotations: { readOnlyHint: true },
  async run({ path }, files) {
    const place = await files.resolve(path);
    const { bytes, more, size } = await files.readBytes(place, { maxBytes: MEDIA_BYTES });
    if (more) {
      throw new ToolError(
        `${path} has ${size} bytes; files of up to ${MEDIA_BYTES} bytes can be returned as media.`,
      );
    }
    const block = blockFor(place.path, bytes);
    return new Reply([block], { content: [block] });
  },
});

function blockFor(path: string, bytes: Buffer) {
  const mimeType = mediaTypeOf(path) ?? "application/octet-stream";
  if (mimeType.startsWith("image/")) return image(bytes, mimeType);
  if (mimeType.startsWith("audio/")) return audio(bytes, mimeType);
  return embedded(uriOf(path), bytes, mimeType) as EmbeddedResource & {
    resource: { blob: string };
  };
}
