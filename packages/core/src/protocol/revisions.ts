/** Every released revision of the protocol, oldest first. */
export const REVISIONS = [
  "2024-11-05",
  "2025-03-26",
  "2025-06-18",
  "2025-11-25",
  "2026-07-28",
] as const;

/** One released revision of the protocol. Revisions compare as strings: later is greater. */
export type Revision = (typeof REVISIONS)[number];

/** The newest revision, which uses per-request metadata and no handshake. */
export const LATEST_REVISION = "2026-07-28" satisfies Revision;

/** The newest revision that opens with `initialize`. */
export const LATEST_LEGACY_REVISION = "2025-11-25" satisfies Revision;

/** True when `value` names a revision this package speaks. */
export function isRevision(value: unknown): value is Revision {
  return (REVISIONS as readonly unknown[]).includes(value);
}

/** True for revisions whose requests carry their own metadata and need no handshake. */
export function isModern(revision: Revision): boolean {
  return revision >= LATEST_REVISION;
}
