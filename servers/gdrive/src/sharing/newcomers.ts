import type { DriveFile } from "../files/files.ts";
import { holder } from "./permissions.ts";
import { isWithin } from "./recipient.ts";

/**
 * Who would see a file once it lies in a folder, and does not see it yet: all but the folder's owner where that is the
 * account itself, and people of `domains`. Who sees a shared drive is up to those who run it.
 * @returns their names, for a sentence
 */
export function newcomers(
  file: DriveFile,
  folder: DriveFile,
  domains: readonly string[],
): readonly string[] {
  if (folder.driveId || folder.shared === false) return [];
  const known = new Set(file.permissionIds ?? []);
  const outside = (name: string | null | undefined) => !isWithin(name ?? "", domains);
  // Who may not share a folder is not told who sees it, only whose it is.
  if (!folder.permissions) {
    const owners = folder.ownedByMe ? [] : (folder.owners ?? []);
    return owners.flatMap(({ emailAddress, me }) =>
      emailAddress && !me && outside(emailAddress) ? [emailAddress] : [],
    );
  }
  return folder.permissions
    .filter(({ id, role }) => !known.has(id ?? "") && !(role === "owner" && folder.ownedByMe))
    .filter(({ emailAddress, domain }) => outside(emailAddress ?? domain))
    .map(holder);
}
