import { Reply, s, text } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { filesTool, forModel } from "../files-tool.ts";
import { readWhole } from "../read-text.ts";
import type { Sandbox } from "../sandbox/index.ts";

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
    const omitted: string[] = [];
    let left = ANSWER_BYTES;
    for (const path of paths) {
      if (left <= 0) {
        omitted.push(path);
        continue;
      }
      const part = await readOne(files, path, left);
      left -= Buffer.byteLength(part);
      parts.push(part);
    }
    const content = parts.join("\n---\n");
    if (omitted.length === 0) return new Reply(content, { content });
    const note = `Not read, because the answer is full: ${omitted.join(", ")}`;
    return new Reply([text(content), text(note)], { content, omitted });
  },
});

async function readOne(files: Sandbox, path: string, maxBytes: number): Promise<string> {
  try {
    const { content, note } = await readWhole(files, await files.resolve(path), maxBytes);
    return `${path}:\n${content}\n${note ? `[${note}]\n` : ""}`;
  } catch (error) {
    const told = forModel(error);
    if (told === error) throw error;
    return `${path}: Error - ${(told as Error).message}`;
  }
}
