import type { Stats } from "node:fs";
import type { Disk } from "./disk.ts";
import { SandboxError } from "./errors.ts";
import { quoted } from "./printable.ts";
import type { Root, RootSet } from "./roots.ts";

/** A file, directory or link that is held and was proved to lie inside an allowed directory. */
export interface Held extends Disposable {
  /** Where it really is. */
  readonly real: string;
  readonly root: Root;
  readonly stats: Stats;
  readonly disk: Disk;
  /** A path to the object itself, whatever happens to its name (where the system can do that). */
  readonly entry: string;
  /** The path of a name in this directory; only the last step can still be a link. */
  at(name: string): string;
  /** Opens the held object for reading or writing; the caller closes the descriptor. */
  reopen(flags: number): Promise<number>;
}

/** One way of proving where a path leads; which one depends on the operating system. */
export interface Holder {
  /** Holds what `target` leads to, following links that stay inside. */
  hold(target: string, root: Root, roots: RootSet): Promise<Held>;
  /** Holds a directory at once, unless a link is in its place; undefined where that could take long. */
  directoryNow?(target: string, root: Root, roots: RootSet): Held | undefined;
  /** Holds what `name` in a held directory is, a link itself included; undefined when there is nothing. */
  child(directory: Held, name: string, roots: RootSet): Promise<Held | undefined>;
}

/** The refusal for everything that is not inside; it names no path, because the path would be an outside one. */
export function outside(roots: RootSet): SandboxError {
  if (roots.all.length === 0)
    return new SandboxError("outside", "No directory is allowed yet, so no path can be used.");
  const shown = roots.all.slice(0, 5).map((root) => quoted(root.path));
  const rest = roots.all.length - shown.length;
  const list = shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  return new SandboxError(
    "outside",
    `The path lies outside the allowed directories, or a link in it leads out; use a path inside ${list}.`,
  );
}

/** Refuses whatever is not a regular file. */
export function mustBeFile(held: Held): void {
  if (held.stats.isFile()) return;
  if (held.stats.isDirectory())
    throw new SandboxError(
      "is-directory",
      `${quoted(held.real)} is a directory, but a file is needed.`,
    );
  throw special(held.real);
}

/** Refuses whatever is not a directory. */
export function mustBeDirectory(held: Held): void {
  if (held.stats.isDirectory()) return;
  if (held.stats.isFile())
    throw new SandboxError(
      "not-directory",
      `${quoted(held.real)} is a file, but a directory is needed.`,
    );
  throw special(held.real);
}

/** The refusal for pipes, sockets and devices. */
export function special(real: string): SandboxError {
  return new SandboxError(
    "special-file",
    `${quoted(real)} is a pipe, socket or device; only files and directories can be used.`,
  );
}

/** True when two `stat` answers speak of one and the same object. */
export function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}
