import type { drive_v3 } from "@googleapis/drive";
import type { Google } from "../google/google.ts";
import { ALL_DRIVES, LISTED } from "./files.ts";

/** What changed, and where what changes next will be. */
export interface ChangePage {
  readonly changes: readonly drive_v3.Schema$Change[];
  readonly cursor: string;
  /** True when there is more already. */
  readonly hasMore: boolean;
}

/** Where changes from now on will be. */
export async function startOfChanges({ drive }: Google, signal: AbortSignal): Promise<string> {
  const answer = await drive((api) => api.changes.getStartPageToken(ALL_DRIVES, { signal }));
  return answer.startPageToken ?? "";
}

/** Files that changed since a cursor, of shared drives too. */
export async function changesSince(
  { drive }: Google,
  cursor: string,
  signal: AbortSignal,
  pageSize = 100,
): Promise<ChangePage> {
  const params: drive_v3.Params$Resource$Changes$List = {
    ...ALL_DRIVES,
    includeItemsFromAllDrives: true,
    pageToken: cursor,
    pageSize,
    fields: `nextPageToken,newStartPageToken,changes(changeType,fileId,removed,time,file(${LISTED}))`,
  };
  const page = await drive((api) => api.changes.list(params, { signal }));
  return {
    changes: (page.changes ?? []).filter(({ changeType }) => changeType !== "drive"),
    cursor: page.nextPageToken ?? page.newStartPageToken ?? cursor,
    hasMore: typeof page.nextPageToken === "string",
  };
}
