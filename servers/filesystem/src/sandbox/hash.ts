import type { Hash } from "node:crypto";
import { SandboxError } from "./errors.ts";
import { quoted } from "./printable.ts";

/** The fewest hex digits of a content hash that are accepted as a precondition. */
export const shortestHash = 12;

// Loaded on first use, because it costs milliseconds that no start should pay. Not with `import`, which a
// bundle turns into a copy of the module's table on every call.
const crypto = () => process.getBuiltinModule("node:crypto");

/** SHA-256 of exactly these bytes, as 64 lower-case hex digits. */
export async function contentHash(bytes: Uint8Array): Promise<string> {
  return crypto().hash("sha256", bytes, "hex");
}

/** A SHA-256 that is fed piece by piece. */
export async function startHash(): Promise<Hash> {
  return crypto().createHash("sha256");
}

/**
 * Refuses a change whose author saw other content.
 * @param expected the hash the author saw, whole or its first 12 or more digits
 * @throws SandboxError `changed` when it differs
 */
export function mustMatch(hash: string | undefined, expected: string, shown: string): void {
  const wanted = expected.toLowerCase();
  if (wanted.length >= shortestHash && hash?.startsWith(wanted)) return;
  if (wanted.length < shortestHash || !/^[0-9a-f]{1,64}$/.test(wanted))
    throw new SandboxError(
      "changed",
      `The expected hash must be ${shortestHash} to 64 hex digits, as returned when ${quoted(shown)} was read.`,
    );
  const now =
    hash === undefined ? "does not exist any more" : "was changed since its hash was taken";
  throw new SandboxError(
    "changed",
    `${quoted(shown)} ${now}; read it again, then repeat the change.`,
  );
}
