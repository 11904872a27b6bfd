import { s, ToolError } from "@portico/core";
import { parseFileRef } from "../../files/file-ref.ts";
import { isGoogleType } from "../../files/kinds.ts";
import { getMeant } from "../../filing/filed.ts";
import { restore } from "../../revisions/restore.ts";
import {
  getRevision,
  keepRevision as keep,
  listRevisions as list,
  type Revision,
} from "../../revisions/revisions.ts";
import { paging, SOURCE } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";
import { fieldsOf, fitting, placeOf, withFields } from "../shared/listed.ts";
import { CHANGES, changed, changedOutput, fileId, REPLACES } from "./shared/changed.ts";
import { askFirst, shown } from "./shared/consent.ts";

const string = s.string();
const { cursor } = paging;

/** Revisions of one answer. */
const AT_ONCE = 100;
const shape = s.object({ id: string });

/** What of a revision a caller may leave out. */
const OPTIONAL = ["modifiedTime", "by", "size", "mimeType", "kept"] as const;

/** Says what a file was before. */
export const listRevisions = googleTool({
  name: "list_revisions",
  title: "List Revisions",
  description: "What a file was before, the oldest first.",
  input: s.object({ file_id: fileId, cursor, fields: fieldsOf(OPTIONAL) }),
  output: s.object({ revisions: s.array(shape), cursor: s.optional(string) }),
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run({ file_id: id, cursor, fields }, google) {
    const place = placeOf(cursor);
    const page = { pageSize: AT_ONCE, cursor: place.token };
    const listed = await list(google, parseFileRef(id), page, google.signal);
    const all = listed.revisions.map((one) => withFields(told(one), OPTIONAL, fields));
    const { items, cursor: next } = fitting(all, place, listed.cursor);
    return { data: { revisions: [...items], ...(next && { cursor: next }) }, source: SOURCE };
  },
});

/** Keeps what a file was. */
export const keepRevision = googleTool({
  name: "keep_revision",
  title: "Keep Revision",
  description:
    "Keep a revision for good, or with forever false for some 30 days. Not of Google's own files.",
  input: s.object({
    file_id: fileId,
    revision_id: string,
    forever: s.optional(s.boolean({ default: true })),
  }),
  output: shape,
  annotations: CHANGES,
  need: "drive.write",
  async run({ file_id: id, revision_id: revision, forever = true }, google) {
    const keeping = { id: revision, forever };
    return { data: told(await keep(google, parseFileRef(id), keeping, google.signal)) };
  },
});

/** Makes a file what it was. */
export const restoreRevision = googleTool({
  name: "restore_revision",
  title: "Restore Revision",
  description:
    "Give a file the content of a revision again. Asks the user first. Not of Google's own files.",
  input: s.object({ file_id: fileId, revision_id: string }),
  output: changedOutput,
  annotations: REPLACES,
  need: "drive.write",
  async run({ file_id: id, revision_id: revisionId }, google, ctx) {
    const { signal } = google;
    const meant = await getMeant(google, id, signal);
    if (isGoogleType(meant.file.mimeType ?? "")) {
      throw new ToolError(
        "Google restores its own documents only by hand: ask the user to do it in the version history.",
      );
    }
    const found = await getRevision(google, meant.ref, revisionId, signal);
    if (found.id === meant.file.headRevisionId) {
      throw new ToolError("That is what the file is now; nothing was changed.");
    }
    await askFirst(ctx, {
      question: `Make ${await shown(meant.file.name)} what it was on ${found.modifiedTime}, of ${found.size} bytes?`,
      what: "Replacing a file by what it was",
      otherwise: "ask the user to do it in Drive.",
    });
    const progress = (bytes: number) => ctx.progress(bytes, Number(found.size ?? 0));
    const { file, isStillKept } = await restore(google, meant, found, { progress, signal });
    const answer = changed(file);
    if (!isStillKept) return answer;
    const note = "The revision is kept for good now; keep_revision with forever false lets it go.";
    return { ...answer, text: `${JSON.stringify(answer.data)}\n${note}` };
  },
});

/** A revision as it is told. */
function told(one: Revision) {
  return {
    id: one.id ?? "",
    ...(one.modifiedTime && { modifiedTime: one.modifiedTime }),
    by: one.lastModifyingUser?.displayName,
    size: one.size ? Number(one.size) : undefined,
    mimeType: one.mimeType,
    kept: one.keepForever || undefined,
  };
}
