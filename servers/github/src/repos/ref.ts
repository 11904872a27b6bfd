/** A commit's full id. */
const SHA = /^[0-9a-f]{40}$/i;

/** Whether `text` is a commit's full id. */
export function isSha(text: string): boolean {
  return SHA.test(text);
}

/**
 * Whether git allows `name` for a branch or a tag (git check-ref-format), and it cannot be taken for a flag. All of
 * `refs/…`, `heads/…` and short names pass.
 */
export function isRefName(name: string): boolean {
  return (
    name !== "" &&
    name !== "@" &&
    !name.startsWith("-") &&
    !name.startsWith("/") &&
    !/\/\/|\.\.|@\{|[\s~^:?*[\\\p{Cc}]|[/.]$/u.test(name) &&
    name.isWellFormed() &&
    name.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock"))
  );
}

/**
 * The refs a name may stand for, without `refs/` as GitHub's API takes them, likeliest first: a short name is a
 * branch or a tag.
 */
export function candidateRefs(name: string): string[] {
  if (name.startsWith("refs/")) return [name.slice("refs/".length)];
  if (/^(heads|tags|pull)\//.test(name)) return [name, `heads/${name}`, `tags/${name}`];
  return [`heads/${name}`, `tags/${name}`];
}
