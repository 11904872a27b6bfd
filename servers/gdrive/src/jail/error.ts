/** What may not be done with a file of the operator's folder: one sentence that never says where the folder is. */
export class JailError extends Error {
  override readonly name = "JailError";
}

/** What may be told of a failure under the name the caller gave. */
export function refusal(error: unknown, name: string, done: string): unknown {
  const code = codeOf(error);
  if (error instanceof JailError || typeof code !== "string") return error;
  if (code === "EEXIST") {
    return new JailError(`"${name}" exists already; choose another name, or overwrite it.`);
  }
  if (code === "ENOENT") return new JailError(`There is no file "${name}" in the server's folder.`);
  if (code === "ENOSPC") return new JailError(`There is no room for "${name}" on the disk.`);
  if (code === "ELOOP") return isLink(name);
  return new JailError(`"${name}" cannot be ${done} (${code}).`);
}

/** Says that a name belongs to a link. */
export function isLink(name: string): JailError {
  return new JailError(`"${name}" is a link, and links are not followed; name a real file.`);
}

/** The name of a failure of the system, as `ENOENT`. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
