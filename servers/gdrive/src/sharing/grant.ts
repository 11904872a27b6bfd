import type { drive_v3 } from "@googleapis/drive";
import { type FileRef, keyHeaders } from "../files/file-ref.ts";
import { settle } from "../filing/settle.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { FIELDS, findPermission, isInherited, isOf, type Permission } from "./permissions.ts";
import { described, type Recipient } from "./recipient.ts";

/** What somebody is given. */
export interface Grant {
  readonly recipient: Recipient;
  readonly role: "reader" | "commenter" | "writer";
  /** RFC 3339; only for users and groups. */
  readonly expires?: string | undefined;
  /** Whether Google writes a mail to who could not see the file before. */
  readonly notify: boolean;
}

/**
 * Shares a file, once; who has access to it already has this role from then on.
 * @throws {GoogleError} when Google refuses
 * @throws {RemoteError} when no answer comes; it says whether the file is shared now
 */
export async function grant(
  google: Google,
  ref: FileRef,
  given: Grant,
  signal: AbortSignal,
): Promise<Permission> {
  const isTheirs = (one: Permission) => isOf(one, given.recipient);
  const known = await findPermission(google, ref, isTheirs, signal);
  if (known?.role === "owner") {
    throw new GoogleError(`${described(given.recipient)} owns the file; nothing was changed.`);
  }
  const own = known && !isInherited(known) ? known : undefined;
  const options = { headers: keyHeaders(ref), signal };
  return settle({
    send: () =>
      google.drive(({ permissions }) =>
        own
          ? permissions.update(changing(ref, own, given), options)
          : permissions.create(creating(ref, given), options),
      ),
    async look() {
      const found = await findPermission(google, ref, isTheirs, signal);
      return found?.role === given.role ? found : undefined;
    },
    unknown: "list_permissions shows who may see the file.",
    signal,
  });
}

function changing(
  ref: FileRef,
  { id }: Permission,
  { role, expires }: Grant,
): drive_v3.Params$Resource$Permissions$Update {
  return {
    fileId: ref.id,
    permissionId: id ?? "",
    supportsAllDrives: true,
    fields: FIELDS,
    requestBody: { role, ...(expires !== undefined && { expirationTime: expires }) },
  };
}

function creating(
  ref: FileRef,
  { recipient, role, expires, notify }: Grant,
): drive_v3.Params$Resource$Permissions$Create {
  const isPerson = recipient.type === "user" || recipient.type === "group";
  const requestBody: Permission = {
    type: recipient.type,
    role,
    ...(isPerson && { emailAddress: recipient.emailAddress }),
    ...(recipient.type === "domain" && { domain: recipient.domain }),
    ...(expires !== undefined && { expirationTime: expires }),
  };
  return {
    fileId: ref.id,
    supportsAllDrives: true,
    fields: FIELDS,
    ...(isPerson && { sendNotificationEmail: notify }),
    requestBody,
  };
}
