import type { Root } from "./roots.ts";

/** A path that was accepted: absolute, normalised, and by its spelling inside `root`. What it leads to is proved when it is opened. */
export interface Place {
  /** The absolute path in the spelling the caller used, for messages. */
  readonly path: string;
  /** The same path below the real location of its root, for the operating system. */
  readonly target: string;
  readonly root: Root;
}

/** What a directory entry or path is. A link is never followed to find out. */
export type EntryType = "file" | "directory" | "link" | "other";

/** One name in a directory. */
export interface Entry {
  readonly name: string;
  readonly type: EntryType;
}

/** An {@link Entry} with what `lstat` says of it; a link has its own size, never that of its target. */
export interface SizedEntry extends Entry {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** One page of a directory. */
export interface Listing<E extends Entry = Entry> {
  /** Sorted by name, in code unit order. */
  readonly entries: E[];
  /** How many entries the whole directory has. */
  readonly total: number;
  /** The name to pass as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/** What is known about a file or directory (links are followed, inside only). */
export interface Info {
  readonly type: "file" | "directory";
  /** Where the links on the way lead, inside an allowed directory. */
  readonly real: string;
  /** Bytes. */
  readonly size: number;
  readonly created: Date;
  readonly modified: Date;
  readonly accessed: Date;
  /** Permission bits, such as `0o644`. */
  readonly mode: number;
  /** How many names (hard links) the file has. */
  readonly links: number;
  readonly readOnly: boolean;
}

/** Bytes read from a file. */
export interface ReadResult {
  readonly bytes: Buffer;
  /** Where `bytes` starts in the file. */
  readonly offset: number;
  /** Size of the whole file when it was opened; 0 for pseudo files that do not say. */
  readonly size: number;
  /** True when the file goes on after `bytes`. */
  readonly more: boolean;
}

/** Which lines to read; numbers are 1-based, and `to` is included. */
export type LineRange = { head: number } | { tail: number } | { from: number; to?: number };

/** Whole lines read from a file, undecoded. */
export interface LinesResult {
  /** The lines with their line ends, exactly as stored; `encoding` says how to cut them. */
  readonly bytes: Buffer;
  /** A UTF-16 byte order mark at the start of the file decides this; everything else is `bytes`. */
  readonly encoding: "bytes" | "utf-16le" | "utf-16be";
  /** How many lines `bytes` has. */
  readonly count: number;
  /** Number of the first of them; absent for `tail`, which reads from the end. */
  readonly from?: number;
  /** Lines in the whole file, when reading got to its end. */
  readonly total?: number;
  /** True when there are lines before (`tail`) or after (otherwise) these ones. */
  readonly more: boolean;
  /** True when `maxBytes` cut the answer short, even inside one very long line. */
  readonly cut: boolean;
  /** Size of the whole file in bytes. */
  readonly size: number;
}

/** What a write did. */
export interface WriteResult {
  /** True when the file did not exist before. */
  readonly created: boolean;
  /** SHA-256 of what the file now holds, as 64 hex digits; absent after an append to a file beyond 16 MiB. */
  readonly hash?: string;
  /** Size of the file now, in bytes. */
  readonly size: number;
  /** Other names (hard links) the old file had; they keep the old content. */
  readonly detachedLinks: number;
  /** False when the change was too large to keep for undo. */
  readonly undoable: boolean;
}

/** What an operation on names (move, copy, remove, make directory) did. */
export interface ChangeResult {
  /** Files, directories and links touched. */
  readonly entries: number;
  /** False when the change was too large to keep for undo. */
  readonly undoable: boolean;
}

/** One change that can be undone. */
export interface JournalEntry {
  readonly id: number;
  readonly action: "write" | "append" | "make-directory" | "move" | "copy" | "remove";
  /** The absolute path that was changed (for a move or copy, where it went). */
  readonly path: string;
  readonly at: Date;
  /** False when it can only be remembered, not undone. */
  readonly undoable: boolean;
}
