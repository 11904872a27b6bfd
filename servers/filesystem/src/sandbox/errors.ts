/** Every way the sandbox can refuse; callers may switch on it, and it never grows at run time. */
export type SandboxErrorCode =
  | "outside"
  | "read-only"
  | "invalid-path"
  | "invalid-argument"
  | "not-found"
  | "exists"
  | "is-directory"
  | "not-directory"
  | "not-empty"
  | "special-file"
  | "loop"
  | "changed"
  | "too-large"
  | "disk-full"
  | "denied"
  | "nothing-to-undo"
  | "failed";

/**
 * The one error the sandbox throws. Its message is a sentence for the model: what was wrong and
 * what to do. It never holds a path outside the allowed directories nor the target of a link.
 */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
  readonly code: SandboxErrorCode;

  constructor(code: SandboxErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The system's own error number (`ENOENT`, ...), or undefined when `error` did not come from a system call. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  // Node's own complaints about arguments (ERR_...) are mistakes of the caller, not of the disk.
  return typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

const byErrno: Record<string, [SandboxErrorCode, (shown: string) => string]> = {
  ENOENT: ["not-found", (p) => `${p} does not exist; list its directory to see what is there.`],
  EEXIST: ["exists", (p) => `${p} already exists; choose another name or remove it first.`],
  EISDIR: ["is-directory", (p) => `${p} is a directory, but a file is needed.`],
  ENOTDIR: [
    "not-directory",
    (p) => `${p} is not a directory, or lies below something that is a file.`,
  ],
  ENOTEMPTY: ["not-empty", (p) => `${p} is a directory that is not empty.`],
  ELOOP: ["loop", (p) => `${p} leads into a chain of links without end.`],
  ENAMETOOLONG: ["invalid-path", (p) => `${p} is longer than the file system allows.`],
  EINVAL: ["invalid-path", (p) => `${p} is not a name this file system accepts.`],
  EILSEQ: ["invalid-path", (p) => `${p} is not a name this file system accepts.`],
  ENOSPC: ["disk-full", (p) => `The disk has no space left for that (${p}); nothing was changed.`],
  EDQUOT: ["disk-full", (p) => `The disk quota is used up (${p}); nothing was changed.`],
  EFBIG: [
    "disk-full",
    (p) => `That would pass the largest file size allowed here (${p}); nothing was changed.`,
  ],
  EROFS: ["read-only", (p) => `${p} is on a file system that cannot be written.`],
  EACCES: ["denied", (p) => `The operating system does not permit that on ${p}.`],
  EPERM: ["denied", (p) => `The operating system does not permit that on ${p}.`],
  EBUSY: [
    "denied",
    (p) => `${p} is in use by the operating system or another program; try again later.`,
  ],
  ENXIO: [
    "special-file",
    (p) => `${p} is a socket, pipe or device; only files and directories can be used.`,
  ],
  EMFILE: [
    "failed",
    (p) => `Too many files are open to reach ${p}; try again with fewer calls at once.`,
  ],
};

/**
 * Turns what a system call on `shown` (a quoted, inside path) threw into a {@link SandboxError}.
 * Anything that is no system error is a mistake in the program and is thrown on as it is.
 */
export function toSandboxError(error: unknown, shown: string): SandboxError {
  if (error instanceof SandboxError) return error;
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  const known = byErrno[errno];
  if (known) return new SandboxError(known[0], known[1](shown));
  return new SandboxError("failed", `The operating system refused that on ${shown} (${errno}).`);
}

/** Runs `work`, turning a system error into a {@link SandboxError} about `shown`. */
export async function explained<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toSandboxError(error, shown);
  }
}
