// What the searches need of a directory. Whoever implements it keeps them inside: every path is
// relative to the folder, with "/" between its parts, and "" is the folder itself.

/** A value at once, or a promise of it: local disks answer at once, distant ones do not. */
export type Maybe<T> = T | Promise<T>;

/** What a name in a directory is. A link is never followed to find out. */
export type EntryType = "file" | "directory" | "link" | "other";

/** One name in a directory. */
export interface Entry {
  readonly name: string;
  readonly type: EntryType;
}

/** The names in a directory. */
export interface Entries {
  /** Sorted by name, in code unit order. */
  readonly entries: readonly Entry[];
  /** Whether the directory has more entries than were asked for. */
  readonly more: boolean;
}

/** What the file system says of a file. */
export interface FileStats {
  /** Bytes. */
  readonly size: number;
  /** Time of the last change, in milliseconds since 1970. */
  readonly modified: number;
}

/** A regular file held open for reading. */
export interface OpenFile {
  /** Bytes. */
  readonly size: number;
  /** Fills `into` from `position` on; returns how many bytes there were, 0 at the end. */
  read(into: Uint8Array, position: number): Maybe<number>;
  close(): Maybe<void>;
}

/**
 * An allowed directory as the searches see it. A method that cannot or may not do what it is asked
 * throws an error with a `code`, which a search passes over; any other error ends the search.
 */
export interface Folder {
  /** At most `limit` entries of a directory. */
  list(path: string, limit: number): Maybe<Entries>;
  /** Size and time of a file. */
  stat(path: string): Maybe<FileStats>;
  /** Opens a regular file, and nothing else. */
  open(path: string): Maybe<OpenFile>;
  /** Whether the link at `path` leads to something that exists and may be used. */
  leadsInside(path: string): Maybe<boolean>;
}

/** Whether an error is a refusal by a {@link Folder}, rather than a bug. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}
