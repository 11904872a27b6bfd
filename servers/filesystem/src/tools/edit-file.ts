import { Reply, s, ToolError } from "@portico/core";
import { filesTool } from "../files-tool.ts";
import { contentHash, type Place, type Sandbox, type WriteResult } from "../sandbox/index.ts";
import { fencedDiff } from "../text/diff.ts";
import { applyEdits, type Edit } from "../text/edit.ts";
import { decodeText, encodeText } from "../text/encoding.ts";
import { expectedHash, written, writtenOutput } from "../written.ts";

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
    const done = dryRun
      ? await preview(files, place, edits, expectedHash)
      : await change(files, place, edits, expectedHash);
    const diff = await fencedDiff(place.path, done.before, done.after);
    const said = done.result ? written(diff, done.result) : { content: diff };
    return new Reply(said.content, said);
  },
});

interface Edited {
  readonly before: string;
  readonly after: string;
  readonly result?: WriteResult | undefined;
}

async function change(
  files: Sandbox,
  place: Place,
  edits: readonly Edit[],
  expectedHash: string | undefined,
): Promise<Edited> {
  let texts = { before: "", after: "" };
  const result = await files.update(
    place,
    (bytes) => {
      const { text, ...format } = decodeText(bytes);
      texts = { before: text, after: applyEdits(text, edits).text };
      return texts.after === text ? undefined : encodeText(texts.after, format);
    },
    { expectedHash },
  );
  return { ...texts, result };
}

async function preview(
  files: Sandbox,
  place: Place,
  edits: readonly Edit[],
  expectedHash: string | undefined,
): Promise<Edited> {
  const { bytes, more, size } = await files.readBytes(place);
  if (more) throw new ToolError(`${place.path} has ${size} bytes, too many to edit as text.`);
  const wanted = expectedHash?.toLowerCase();
  if (wanted !== undefined && !(await contentHash(bytes)).startsWith(wanted)) {
    throw new ToolError(`${place.path} has changed since it was read; read it again.`);
  }
  const { text } = decodeText(bytes);
  return { before: text, after: applyEdits(text, edits).text };
}
