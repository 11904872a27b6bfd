/** What stands in a repository for a file that is kept in Git LFS. */
interface LfsPointer {
  /** As `sha256:…`. */
  readonly oid: string;
  /** Bytes of the file itself. */
  readonly size: number;
}

/** Bytes of the longest pointer (Git LFS specification, version 1). */
export const MOST_POINTER_BYTES = 1_024;

const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-.*\n)*oid (sha256:[0-9a-f]{64})\nsize (\d+)\n?$/;

/** Reads a pointer of Git LFS; undefined where there is none. */
export function lfsPointer(content: string): LfsPointer | undefined {
  if (content.length > MOST_POINTER_BYTES) return undefined;
  const [, oid, size] = POINTER.exec(content) ?? [];
  return oid === undefined ? undefined : { oid, size: Number(size) };
}
