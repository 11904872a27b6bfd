/** What can be looked at. */
export const CHECK_NAMES = [
  "index",
  "connection",
  "vacuum",
  "sequence",
  "replication",
  "buffer",
  "constraint",
] as const;

/** One of them. */
export type CheckName = (typeof CHECK_NAMES)[number];
