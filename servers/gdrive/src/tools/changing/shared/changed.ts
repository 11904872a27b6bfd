import { type Output, s } from "@portico/core";
import type { DriveFile } from "../../../files/files.ts";
import type { Answer } from "../../shared/google-tool.ts";

const string = s.string();

/** What tools that change a file answer. */
export const changedOutput = s.object({
  id: string,
  name: string,
  mimeType: string,
  folderId: s.optional(string),
  link: s.optional(string),
});

/** The answer for a file as it is now. */
export function changed(file: DriveFile): Answer<Output<typeof changedOutput>> {
  const { id, name, mimeType, parents, webViewLink } = file;
  return {
    data: {
      id: id ?? "",
      name: name ?? "",
      mimeType: mimeType ?? "",
      ...(parents?.[0] && { folderId: parents[0] }),
      ...(webViewLink && { link: webViewLink }),
    },
  };
}

/** A file that is changed. */
export const fileId = s.string();

/** A folder to put something into. */
export const folderId = s.optional(s.string({ description: "Default: My Drive" }));

/** What something is called. */
export const name = s.string({ minLength: 1, maxLength: 1_000 });

/** Adds something. */
export const ADDS = { readOnlyHint: false, destructiveHint: false, idempotentHint: false } as const;

/** Changes what is there, in a way that can be taken back. */
export const CHANGES = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
} as const;

/** Takes the place of what is there. */
export const REPLACES = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
} as const;
