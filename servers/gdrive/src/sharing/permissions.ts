import type { drive_v3 } from "@googleapis/drive";
import { type FileRef, keyHeaders } from "../files/file-ref.ts";
import { settle } from "../filing/settle.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { described, type Recipient } from "./recipient.ts";

/** Who may do what with a file, as Google describes it. */
export type Permission = drive_v3.Schema$Permission;

/** What is asked of a permission. */
export const FIELDS =
  "id,type,role,emailAddress,domain,displayName,expirationTime,permissionDetails(inherited,inheritedFrom)";

/** Most pages that are looked through for one permission; Drive allows some hundred permissions a file. */
const MOST_PAGES = 10;

/** One page of who may see a file. */
export async function listPermissions(
  { drive }: Google,
  ref: FileRef,
  page: { readonly pageSize: number; readonly cursor?: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly permissions: readonly Permission[]; readonly cursor?: string }> {
  const params: drive_v3.Params$Resource$Permissions$List = {
    fileId: ref.id,
    supportsAllDrives: true,
    fields: `nextPageToken,permissions(${FIELDS})`,
    pageSize: page.pageSize,
    ...(page.cursor !== undefined && { pageToken: page.cursor }),
  };
  const { permissions = [], nextPageToken } = await drive((api) =>
    api.permissions.list(params, { headers: keyHeaders(ref), signal }),
  );
  return { permissions, ...(nextPageToken && { cursor: nextPageToken }) };
}

/**
 * Takes back what somebody was given.
 * @param who an address, a domain, `anyone`, or the id of a permission
 * @throws {GoogleError} when nobody of this name has it, or it cannot be taken here
 */
export async function revoke(
  google: Google,
  ref: FileRef,
  who: string,
  signal: AbortSignal,
): Promise<Permission> {
  const found = await findPermission(google, ref, (one) => isNamed(one, who), signal);
  if (!found) {
    throw new GoogleError(`The file is not shared with ${who}; list_permissions says with whom.`);
  }
  if (found.role === "owner") {
    throw new GoogleError("The owner keeps the file; an owner cannot be removed here.");
  }
  if (isInherited(found)) {
    const from = found.permissionDetails?.[0]?.inheritedFrom ?? "a folder above it";
    throw new GoogleError(`That comes from ${from}; unshare it there, or move the file.`);
  }
  const id = found.id ?? "";
  const params = { fileId: ref.id, permissionId: id, supportsAllDrives: true };
  const options = { headers: keyHeaders(ref), signal };
  return settle({
    async send() {
      await google.drive((api) => api.permissions.delete(params, options));
      return found;
    },
    async look() {
      const still = await findPermission(google, ref, (one) => one.id === id, signal);
      return still ? undefined : found;
    },
    unknown: "list_permissions shows who may see the file.",
    signal,
  });
}

/** The first permission of a file that is wanted, on whichever page it is. */
export async function findPermission(
  google: Google,
  ref: FileRef,
  isWanted: (permission: Permission) => boolean,
  signal: AbortSignal,
): Promise<Permission | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const listed = await listPermissions(google, ref, { pageSize: 100, cursor }, signal);
    const found = listed.permissions.find(isWanted);
    if (found || listed.cursor === undefined) return found;
    cursor = listed.cursor;
  }
  throw new GoogleError("The file is shared with too many to look through; unshare it in Drive.");
}

/** Whether a permission comes from a folder above alone. */
export function isInherited({ permissionDetails: details = [] }: Permission): boolean {
  return details !== null && details.length > 0 && details.every(({ inherited }) => inherited);
}

/** Whether a permission is this very one's. */
export function isOf({ type, emailAddress, domain }: Permission, recipient: Recipient): boolean {
  if (type !== recipient.type) return false;
  if (recipient.type === "anyone") return true;
  if (recipient.type === "domain") return domain?.toLowerCase() === recipient.domain;
  return emailAddress?.toLowerCase() === recipient.emailAddress.toLowerCase();
}

function isNamed({ id, type, emailAddress, domain }: Permission, who: string): boolean {
  if (who === "anyone") return type === "anyone";
  const name = who.toLowerCase();
  const isDomain = type === "domain" && domain?.toLowerCase() === name;
  return id === who || emailAddress?.toLowerCase() === name || isDomain;
}

/** Who has it, for an answer. */
export function holder({ type, emailAddress, domain }: Permission): string {
  if (type === "anyone") return described({ type });
  return emailAddress ?? domain ?? type ?? "";
}
