import type { drive_v3 } from "@googleapis/drive";
import { s } from "@portico/core";
import { paging, SOURCE, USUAL_ITEMS } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";
import { fitting, placeOf } from "../shared/listed.ts";

/** Lists the shared drives an account is a member of. */
export const listSharedDrives = googleTool({
  name: "list_shared_drives",
  title: "List Shared Drives",
  description: "Shared drives you are a member of. A drive's id is its top folder, too.",
  input: s.object({ ...paging }),
  output: s.object({
    drives: s.array(s.object({ id: s.string(), name: s.string() })),
    cursor: s.optional(s.string()),
  }),
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run({ page_size: pageSize = USUAL_ITEMS, cursor }, { reading, signal }) {
    const place = placeOf(cursor);
    const params: drive_v3.Params$Resource$Drives$List = {
      pageSize,
      ...(place.token !== undefined && { pageToken: place.token }),
      fields: "nextPageToken,drives(id,name)",
    };
    const page = await reading((api) => api.drives.list(params, { signal }));
    const all = (page.drives ?? []).map(({ id, name }) => ({ id: id ?? "", name: name ?? "" }));
    const { items, cursor: next } = fitting(all, place, page.nextPageToken ?? undefined);
    return { data: { drives: [...items], ...(next && { cursor: next }) }, source: SOURCE };
  },
});
