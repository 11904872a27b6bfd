import { type Schema, s } from "@portico/core";
import { parseFileRef } from "../../files/file-ref.ts";
import { FOLDER } from "../../files/kinds.ts";
import { getMeant } from "../../filing/filed.ts";
import { grant } from "../../sharing/grant.ts";
import {
  holder,
  listPermissions as list,
  type Permission,
  revoke,
} from "../../sharing/permissions.ts";
import { described, isInside, RECIPIENTS, recipientOf } from "../../sharing/recipient.ts";
import { paging, SOURCE } from "../shared/files.ts";
import { googleTool } from "../shared/google-tool.ts";
import { fieldsOf, fitting, placeOf, withFields } from "../shared/listed.ts";
import { fileId, REPLACES } from "./shared/changed.ts";
import { askFirst, shown } from "./shared/consent.ts";

const string = s.string();
const { cursor } = paging;

/** As many as Google hands out at once of a shared drive. */
const MOST_AT_ONCE = 100;

interface Told {
  readonly id: string;
  readonly role: string;
  readonly to: string;
  readonly name?: string;
  readonly expires?: string;
  /** The folder or shared drive it comes from. */
  readonly inheritedFrom?: string;
}

/** One who may see a file; the schema is as short as it can be. */
const permission = s.object({ id: string }) as unknown as Schema<Told>;

/** What of a permission a caller may leave out. */
const OPTIONAL = ["role", "to", "name", "expires", "inheritedFrom"] as const;

/** Says who may see a file. */
export const listPermissions = googleTool({
  name: "list_permissions",
  title: "List Permissions",
  description: "Who may see or change a file.",
  input: s.object({ file_id: fileId, cursor, fields: fieldsOf(OPTIONAL) }),
  output: s.object({ permissions: s.array(permission), cursor: s.optional(string) }),
  annotations: { readOnlyHint: true },
  need: "drive.read",
  async run({ file_id: id, cursor, fields }, google) {
    const place = placeOf(cursor);
    const page = { pageSize: MOST_AT_ONCE, cursor: place.token };
    const listed = await list(google, parseFileRef(id), page, google.signal);
    const all = listed.permissions.map((one) => withFields(told(one), OPTIONAL, fields));
    const { items, cursor: next } = fitting(all, place, listed.cursor);
    return { data: { permissions: [...items], ...(next && { cursor: next }) }, source: SOURCE };
  },
});

/** Lets somebody see or change a file. */
export const shareFile = googleTool({
  name: "share_file",
  title: "Share File",
  description:
    "Share a file, or a folder with all in it. The user is asked first, unless the operator listed the domain.",
  input: s.object({
    file_id: fileId,
    type: s.enum(RECIPIENTS),
    to: s.optional(s.string({ description: "Address, or domain" })),
    role: s.enum(["reader", "commenter", "writer"]),
    expires: s.optional(s.string({ format: "date-time" })),
    notify: s.optional(s.boolean({ description: "By mail" })),
  }),
  output: permission,
  annotations: REPLACES,
  need: "drive.write",
  async run({ file_id: id, type, to, role, expires, notify = false }, google, ctx) {
    const { signal } = google;
    const recipient = recipientOf(type, to);
    const { file, ref } = await getMeant(google, id, signal);
    if (!isInside(recipient, ctx.deps.shareDomains)) {
      const whom = described(recipient);
      const what = file.mimeType === FOLDER ? "the folder and all in it" : "the file";
      const until = expires === undefined ? "" : ` until ${expires}`;
      await askFirst(ctx, {
        question: `Let ${whom} be ${role} of ${what}, ${await shown(file.name)}${until}?`,
        what: `Sharing with ${whom}`,
        otherwise:
          "ask the user to share it in Drive, or the operator to list the domain in --share-domains.",
      });
    }
    const given = { recipient, role, expires, notify };
    return { data: told(await grant(google, ref, given, signal)) };
  },
});

/** Lets somebody see a file no more. */
export const unshareFile = googleTool({
  name: "unshare_file",
  title: "Unshare File",
  description: "Take somebody's access to a file away.",
  input: s.object({
    file_id: fileId,
    from: s.string({ description: "Address, domain, anyone, or id of a permission" }),
  }),
  output: permission,
  annotations: REPLACES,
  need: "drive.write",
  run: async ({ file_id: id, from }, google) => ({
    data: told(await revoke(google, parseFileRef(id), from, google.signal)),
  }),
});

function told(one: Permission): Told {
  const { id, role, displayName, expirationTime, permissionDetails } = one;
  const from = permissionDetails?.find(({ inherited }) => inherited)?.inheritedFrom;
  return {
    id: id ?? "",
    role: role ?? "",
    to: holder(one),
    ...(displayName && { name: displayName }),
    ...(expirationTime && { expires: expirationTime }),
    ...(from && { inheritedFrom: from }),
  };
}
