import { type Schema, s } from "@portico/core";
import { changesSince, startOfChanges } from "../../files/changes.ts";
import { line, paging, SOURCE, type ToldFile, told, USUAL_ITEMS } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";
import { fitting, placeOf } from "../shared/listed.ts";

/** Like a file of search, which says more. */
const file = s.object({}) as unknown as Schema<ToldFile>;

/** Says which files changed. */
export const listChanges = googleTool({
  name: "list_changes",
  title: "List Changes",
  description:
    "Files that changed since a cursor; without one, a cursor from which on changes are listed. Keep the last cursor for next time.",
  input: s.object({ ...paging }),
  output: s.object({
    changes: s.array(
      s.object({ file_id: s.string(), removed: s.boolean(), file: s.optional(file) }),
    ),
    cursor: s.string(),
    has_more: s.boolean(),
  }),
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run({ cursor, page_size: pageSize = USUAL_ITEMS }, google) {
    if (cursor === undefined) {
      const start = await startOfChanges(google, google.signal);
      return {
        data: { changes: [], cursor: start, has_more: false },
        text: `Changes from now on: cursor ${start}`,
      };
    }
    const place = placeOf(cursor);
    const page = await changesSince(google, place.token ?? "", google.signal, pageSize);
    const all = page.changes.map(({ fileId, file, time, removed }) => ({
      file_id: fileId ?? "",
      removed: removed === true,
      ...(time && { time }),
      ...(file && { file: told(file) }),
    }));
    const { items: changes, cursor: next = page.cursor } = fitting(all, place, page.cursor);
    const lines = changes.map((one) => (one.file ? line(one.file) : `${one.file_id} is gone`));
    return {
      data: { changes: [...changes], cursor: next, has_more: page.hasMore || next !== page.cursor },
      text: [`${changes.length} changes:`, ...lines, `Next: cursor ${next}`].join("\n"),
      source: SOURCE,
    };
  },
});
