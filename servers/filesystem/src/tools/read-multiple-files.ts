import { s } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { readWhole } from "../read-text.ts";
import type { Sandbox } from "../sandbox/index.ts";
import { isRefusal } from "../told.ts";
import { answer } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";

/** Most files one call may name. */
const MOST_FILES = 1_000;

/** Reads several text files, in the order asked for, within one budget. */
export const readMultipleFiles = filesTool({
  name: "read_multiple_files",
  title: "Read Multiple Files",
  description:
    "Read several text files at once; each is returned under its path, and one that cannot be read does not stop the others. What does not fit the size limit is named at the end.",
  input: s.object({
    paths: s.array(s.string(), {
      minItems: 1,
      maxItems: MOST_FILES,
      description: "Files to read",
    }),
  }),
  output: s.object({
    content: s.string(),
    omitted: s.optional(
      s.array(s.string(), { description: "Files that did not fit; read them next" }),
    ),
  }),
  annotations: { readOnlyHint: true },
  async run({ paths }, files) {
    const parts: string[] = [];
    let left = ANSWER_BYTES;
    while (parts.length < paths.length && left > 0) {
      const part = await readOne(files, paths[parts.length] as string, left);
      left -= Buffer.byteLength(part);
      parts.push(part);
    }
    const content = parts.join("\n---\n");
    const omitted = paths.slice(parts.length);
    if (omitted.length === 0) return answer(content, {});
    const note = `Not read, because the answer is full: ${omitted.join(", ")}`;
    return answer(content, { omitted }, note);
  },
});

async function readOne(files: Sandbox, path: string, maxBytes: number): Promise<string> {
  try {
    const { content, note } = await readWhole(files, await files.resolve(path), maxBytes);
    return `${path}:\n${content}\n${note ? `[${note}]\n` : ""}`;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `${path}: Error - ${error.message}`;
  }
}
