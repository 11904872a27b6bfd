import { s, ToolError } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import {
  contentHash,
  type Place,
  printable,
  type Sandbox,
  type WriteResult,
} from "../sandbox/index.ts";
import { fencedDiff } from "../text/diff.ts";
import { decodeText, encodeText } from "../text/encoding.ts";
import { answer } from "./shared/answer.ts";
import { filesTool } from "./shared/files-tool.ts";
import { expectedHash, written, writtenOutput } from "./shared/written.ts";

const edit = s.object({
  oldText: s.string({ minLength: 1, description: "Text to find; must match one place exactly" }),
  newText: s.string({ description: "Text to put there" }),
  replaceAll: s.optional(
    s.boolean({ description: "Replace every match instead of refusing several" }),
  ),
  expectedOccurrences: s.optional(
    s.integer({ minimum: 1, description: "Replace every match, but only if there are this many" }),
  ),
});

/** Edits parts of a text file and shows what changed. */
export const editFile = filesTool({
  name: "edit_file",
  title: "Edit File",
  description:
    "Replace parts of a text file and return a diff. Each edit's oldText must match exactly one place (differences in indentation are forgiven); several matches need replaceAll or expectedOccurrences. All edits are applied, in order, or none. Line endings, encoding and mode are kept.",
  input: s.object({
    path: s.string({ description: "File to edit" }),
    edits: s.array(edit, { minItems: 1, maxItems: 1_000 }),
    dryRun: s.optional(s.boolean({ default: false, description: "Only show the diff" })),
    expectedHash,
  }),
  output: writtenOutput,
  annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: true },
  async run({ path, edits, dryRun = false, expectedHash }, files) {
    const place = await files.resolve(path);
    const { applyEdits } = await import("../text/edit.ts");
    const edited = (text: string) => applyEdits(text, edits).text;
    const make = dryRun ? preview : change;
    const { before, after, result } = await make(files, place, edited, expectedHash);
    const diff = clipped(await fencedDiff(printable(place.path), before, after));
    return result ? written(diff, result) : answer(diff, {});
  },
});

interface Edited {
  readonly before: string;
  readonly after: string;
  /** Absent when nothing was written. */
  readonly result?: WriteResult | undefined;
}

async function change(
  files: Sandbox,
  place: Place,
  edited: (text: string) => string,
  expectedHash: string | undefined,
): Promise<Edited> {
  let texts = { before: "", after: "" };
  const result = await files.update(
    place,
    (bytes) => {
      const { text, ...format } = decodeText(bytes);
      texts = { before: text, after: edited(text) };
      return texts.after === text ? undefined : encodeText(texts.after, format);
    },
    { expectedHash },
  );
  return { ...texts, result };
}

async function preview(
  files: Sandbox,
  place: Place,
  edited: (text: string) => string,
  expectedHash: string | undefined,
): Promise<Edited> {
  const { bytes, more, size } = await files.readBytes(place);
  if (more) throw new ToolError(`${place.path} has ${size} bytes, too many to preview an edit of.`);
  const wanted = expectedHash?.toLowerCase();
  if (wanted !== undefined && !(await contentHash(bytes)).startsWith(wanted)) {
    throw new ToolError(`${place.path} has changed since it was read; read it again.`);
  }
  const { text } = decodeText(bytes);
  return { before: text, after: edited(text) };
}

function clipped(diff: string): string {
  if (diff.length <= ANSWER_BYTES) return diff;
  return `${diff.slice(0, ANSWER_BYTES)}\n[The diff is longer than fits here; the edit is complete.]`;
}
