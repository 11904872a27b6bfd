/** What the operator lets callers do. A call never widens it. */
export const ACCESS_MODES = ["read-only", "read-write", "admin"] as const;

/**
 * `read-only`: known-safe statements and functions. `read-write`: changing data as well (INSERT, UPDATE, DELETE,
 * MERGE), no schema. `admin`: everything the database's user may.
 */
export type AccessMode = (typeof ACCESS_MODES)[number];

/** Modes that allow only what is known to be safe. */
export type LimitedMode = Exclude<AccessMode, "admin">;
