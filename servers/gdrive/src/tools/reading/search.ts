import { type Output, s } from "@portico/core";
import { type FilePage, listFiles } from "../../files/files.ts";
import { queryFor } from "../../files/query.ts";
import { GoogleError } from "../../google/error.ts";
import {
  folderId,
  folderOf,
  line,
  OPTIONAL,
  paging,
  SOURCE,
  told,
  toldFile,
  USUAL_ITEMS,
} from "../shared/files.ts";
import { type Answer, googleTool } from "../shared/google-tool.ts";
import { fieldsOf, fitting, type Place, placeOf, withFields } from "../shared/listed.ts";

/** A list of files. */
export const filesOutput = s.object({
  files: s.array(toldFile),
  cursor: s.optional(s.string()),
});

/** Finds files. */
export const search = googleTool({
  name: "search",
  title: "Search",
  description:
    "Find files by words in name or contents (\"…\" for a phrase), or by q, a condition in Drive's query language such as name contains 'plan' and modifiedTime > '2026-06-01T12:00:00'. Shared drives too.",
  input: s.object({
    query: s.optional(s.string()),
    q: s.optional(s.string()),
    folder_id: s.optional(folderId),
    mime_type: s.optional(s.string()),
    drive_id: s.optional(s.string({ description: "Only this shared drive" })),
    order_by: s.optional(
      s.string({ description: "With q only: modifiedTime desc, name, folder, quotaBytesUsed …" }),
    ),
    ...paging,
    fields: fieldsOf(OPTIONAL),
  }),
  output: filesOutput,
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run(args, google) {
    const { query, q, folder_id: folder, mime_type: type, order_by: orderBy } = args;
    if ((query ?? q ?? folder ?? type) === undefined) {
      throw new GoogleError("Give query, q, folder_id or mime_type: something to look for.");
    }
    if (orderBy !== undefined && query !== undefined) {
      throw new GoogleError("Words are found by relevance; use q instead of query with order_by.");
    }
    const wanted = { words: query, condition: q, type, folder: folder && folderOf(folder) };
    const place = placeOf(args.cursor);
    const listing = {
      q: queryFor(wanted),
      pageSize: args.page_size ?? USUAL_ITEMS,
      cursor: place.token,
      orderBy,
      driveId: args.drive_id,
    };
    const page = await listFiles(google, listing, google.signal);
    return answerOf(page, place, args.fields);
  },
});

/** A page of files as an answer, in the words of the archived server. */
export function answerOf(
  { files, cursor: next, isPartial }: FilePage,
  place: Place,
  fields: readonly string[] | undefined,
): Answer<Output<typeof filesOutput>> {
  const all = files.map((file) => withFields(told(file), OPTIONAL, fields));
  const { items, cursor } = fitting(all, place, next);
  const notes = [
    ...(cursor === undefined ? [] : [`Next page: cursor ${cursor}`]),
    ...(isPartial ? ["Google did not search all shared drives; name one with drive_id."] : []),
  ];
  return {
    data: { files: [...items], ...(cursor !== undefined && { cursor }) },
    text: [`Found ${items.length} files:`, ...items.map(line), ...notes].join("\n"),
    source: SOURCE,
  };
}
