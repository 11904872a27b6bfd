const RANDOM_DEVICE = "/dev/urandom";
const BYTES = 16;

/**
 * An id for a session, which nobody can guess (basic/transports, session management: SHOULD be cryptographically secure).
 * It comes from the system's own generator where that is a device to read. For the first `crypto.randomUUID()` Node loads
 * all of its cryptography, which takes as long as a third of what serving over HTTP adds to a start.
 */
export function nodeSessionId(): string {
  return fromDevice() ?? crypto.randomUUID();
}

function fromDevice(): string | undefined {
  const fs = process.getBuiltinModule("node:fs");
  let device: number | undefined;
  try {
    device = fs.openSync(RANDOM_DEVICE, "r");
    // Windows has no such device, but anybody there may make a file of that name.
    if (!fs.fstatSync(device).isCharacterDevice()) return undefined;
    const bytes = Buffer.alloc(BYTES);
    return fs.readSync(device, bytes) === BYTES ? bytes.toString("hex") : undefined;
  } catch {
    return undefined;
  } finally {
    if (device !== undefined) fs.closeSync(device);
  }
}
