/**
 * The `LIKE` pattern of a glob: `*` is any run of characters, `?` one of them, and all else itself, `%` and `_`
 * included. Without `*` and `?` it is a part of a name.
 */
export function likeOf(glob: string): string {
  const literal = glob.replace(/[\\%_]/g, "\\$&");
  if (!/[*?]/.test(glob)) return `%${literal}%`;
  return literal.replaceAll("*", "%").replaceAll("?", "_");
}
