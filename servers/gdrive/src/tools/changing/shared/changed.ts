import { type Schema, s } from "@portico/core";
import type { DriveFile } from "../../../files/files.ts";
import { type ToldFile, told } from "../../shared/files.ts";
import type { Answer } from "../../shared/google-tool.ts";

/** What tools that change a file answer; its schema as short as it can be. */
export const changedOutput: Schema<ToldFile> = s.object({
  id: s.string(),
}) as unknown as Schema<ToldFile>;

/** The answer for a file as it is now. */
export function changed(file: DriveFile): Answer<ToldFile> {
  return { data: told(file) };
}

/** A file that is changed. */
export const fileId = s.string();

/** A folder to put something into. */
export const folderId = s.optional(s.string({ description: "Default: My Drive" }));

/** What something is called. */
export const name = s.string({ minLength: 1 });

/** Adds something. */
export const ADDS = { readOnlyHint: false, destructiveHint: false } as const;

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
