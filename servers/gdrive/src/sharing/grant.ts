import type { drive_v3 } from "@googleapis/drive";
import { type FileRef, keyHeaders } from "../files/file-ref.ts";
import { settle } from "../filing/settle.ts";
import type { Write } from "../google/api.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { at } from "../google/path.ts";
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
  const isOwn = known !== undefined && !isInherited(known);
  const path = at`files/${ref.id}/permissions`;
  const write = isOwn ? changing(given) : creating(given);
  const ask = { ...write, headers: keyHeaders(ref), signal };
  return settle({
    send: () => google.drive.write(isOwn ? `${path}/${at`${known.id ?? ""}`}` : path, ask),
    async look() {
      const found = await findPermission(google, ref, isTheirs, signal);
      return found?.role === given.role ? found : undefined;
    },
    unknown: "list_permissions shows who may see the file.",
    signal,
  });
}

type Change = Pick<Write, "method" | "query" | "body">;

function changing({ role, expires }: Grant): Change {
  const query: drive_v3.Params$Resource$Permissions$Update = {
    supportsAllDrives: true,
    fields: FIELDS,
  };
  const body: Permission = { role, ...(expires !== undefined && { expirationTime: expires }) };
  return { method: "PATCH", query, body };
}

function creating({ recipient, role, expires, notify }: Grant): Change {
  const isPerson = recipient.type === "user" || recipient.type === "group";
  const query: drive_v3.Params$Resource$Permissions$Create = {
    supportsAllDrives: true,
    fields: FIELDS,
    ...(isPerson && { sendNotificationEmail: notify }),
  };
  const body: Permission = {
    type: recipient.type,
    role,
    ...(isPerson && { emailAddress: recipient.emailAddress }),
    ...(recipient.type === "domain" && { domain: recipient.domain }),
    ...(expires !== undefined && { expirationTime: expires }),
  };
  return { method: "POST", query, body };
}
