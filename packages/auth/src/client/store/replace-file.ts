/** Replaces a file whole or not at all, readable by its owner only. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const { rename, rm, writeFile } = await import("node:fs/promises");
  const fresh = `${path}.${crypto.randomUUID()}`;
  try {
    await writeFile(fresh, content, { mode: 0o600, flag: "wx", flush: true });
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}
