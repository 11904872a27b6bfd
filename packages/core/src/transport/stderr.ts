/** Writes to standard error; when nobody reads that any more, the text is lost instead of the process. */
export function writeStderr(...args: Parameters<typeof process.stderr.write>): boolean {
  const { stderr } = process;
  if (stderr.listenerCount("error", ignore) === 0) stderr.on("error", ignore);
  return stderr.write(...args);
}

function ignore(): void {}
