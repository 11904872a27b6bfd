import { s } from "@portico/core";

/** The id of a notification. */
export const threadId = s.string({ pattern: String.raw`^\d{1,15}$` });

/** What to do with a subscription. */
export const action = s.enum(["ignore", "watch", "delete"]);

/** A point in time, as `2026-11-22T10:00:00Z`. */
export const instant = s.optional(
  s.string({ pattern: String.raw`^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$` }),
);

/** Together with `repo`, or not at all. */
export const optionalOwner = s.optional(s.string());

/** Together with `owner`, or not at all. */
export const optionalRepo = s.optional(s.string());
