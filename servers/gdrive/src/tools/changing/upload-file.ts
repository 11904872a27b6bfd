import { s, ToolError } from "@portico/core";
import { contentOfBase64 } from "../../upload/content.ts";
import { googleTool } from "../shared/google-tool.ts";
import { changedOutput, REPLACES } from "./shared/changed.ts";
import { convertTo } from "./shared/conversion.ts";
import { send } from "./shared/send.ts";

const optionalText = s.optional(s.string());

const target = {
  name: s.optional(s.string({ description: "In Drive; needed with base64" })),
  mime_type: optionalText,
  convert_to: convertTo,
  folder_id: optionalText,
  file_id: optionalText,
};

const upload = {
  name: "upload_file",
  title: "Upload File",
  output: changedOutput,
  annotations: { ...REPLACES, idempotentHint: false },
  need: "drive.write",
} as const;

/** Sends a file to Drive as it is given. */
export const uploadBytes = googleTool({
  ...upload,
  description: "Upload a file given as base64; with file_id in place of that file's content.",
  input: s.object({ base64: s.string(), ...target }),
  isOffered: ({ uploads }) => uploads === undefined,
  run: ({ base64, ...to }, google, ctx) => send(contentOfBase64(base64), to, google, ctx),
});

/** Sends a file to Drive: from the operator's folder, or as it is given. */
export const uploadFile = googleTool({
  ...upload,
  description:
    "Upload a file from the server's folder, or base64 content; with file_id in place of that file's content.",
  input: s.object({
    file: s.optional(s.string({ description: "Its name in the folder" })),
    base64: optionalText,
    ...target,
  }),
  isOffered: ({ uploads }) => uploads !== undefined,
  async run({ file, base64, ...to }, google, ctx) {
    if (file === undefined && base64 !== undefined) {
      return send(contentOfBase64(base64), to, google, ctx);
    }
    const { uploads } = ctx.deps;
    if (file === undefined || base64 !== undefined || !uploads) {
      throw new ToolError("Give either file or base64.");
    }
    await using content = await uploads.open(google.owner, file);
    // Awaited here: the file is closed when this function is left.
    return await send(content, { name: file, ...to, file }, google, ctx);
  },
});
