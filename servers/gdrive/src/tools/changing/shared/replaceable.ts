import { ToolError } from "@portico/core";
import type { DriveFile } from "../../../files/files.ts";
import { isGoogleType, kindOf, SHORTCUT } from "../../../files/kinds.ts";
import { kindOfNative } from "../../../upload/media-type.ts";

/**
 * The type of a file whose content can be replaced.
 * @throws {ToolError} for a folder, a shortcut and other things without content
 */
export function mustHoldContent({ mimeType, shortcutDetails }: DriveFile): string {
  const type = mimeType ?? "application/octet-stream";
  if (type === SHORTCUT) {
    const target = shortcutDetails?.targetId;
    throw new ToolError(`That is a shortcut; name what it leads to: ${target}.`);
  }
  if (isGoogleType(type) && kindOfNative(type) === undefined) {
    throw new ToolError(`The file is ${kindOf(type)}, whose content cannot be replaced.`);
  }
  return type;
}

/**
 * Refuses to replace what the caller has not seen. Drive has no condition on a change: between this look and the
 * change there is a moment.
 * @throws {ToolError} when the file was changed since
 */
export function mustBeAsSeen({ modifiedTime }: DriveFile, seen: string): void {
  if (Date.parse(seen) === Date.parse(modifiedTime ?? "")) return;
  throw new ToolError(
    `The file was changed on ${modifiedTime}, which is not the modified_time given; read it again, and change what it is now.`,
  );
}
