/** What stands in a repository for a file that is kept in Git LFS. */
interface LfsPointer {
  /** As `sha256:…`. */
  readonly oid: string;
  /** Bytes of the file itself. */
  readonly size: number;
}

const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-.*\n)*oid (sha256:[0-9a-f]{64})\nsize (\d+)\n?$/;

/** Reads a pointer of Git LFS (its specification, version 1: at most 1024 bytes); undefined where there is none. */
export function lfsPointer(content: string): LfsPointer | undefined {
  if (content.length > 1024) return undefined;
  const [, oid, size] = POINTER.exec(content) ?? [];
  return oid === undefined ? undefined : { oid, size: Number(size) };
}
