import { REVISIONS, type Revision } from "./revisions.ts";

/**
 * A value that changed over time: each entry holds from its revision until the next entry.
 * `{ "2024-11-05": "both", "2026-07-28": "server" }` reads "both at first, server since 2026-07-28".
 */
export type Timeline<T> = { readonly [R in Revision]?: T };

/** What `timeline` says for `revision`; undefined before its first entry. */
export function at<T>(timeline: Timeline<T>, revision: Revision): T | undefined {
  let current: T | undefined;
  for (const known of REVISIONS) {
    if (known > revision) break;
    if (Object.hasOwn(timeline, known)) current = timeline[known];
  }
  return current;
}

/** The first and, when it was removed again, the last revision something is part of. */
export interface Span {
  readonly since?: Revision | undefined;
  /** The last revision that still has it. */
  readonly until?: Revision | undefined;
}

/** True when `revision` lies within `span`. */
export function within(span: Span, revision: Revision): boolean {
  return (
    (span.since === undefined || revision >= span.since) &&
    (span.until === undefined || revision <= span.until)
  );
}

/** The revision released just before `revision`; undefined for the first. */
export function before(revision: Revision): Revision | undefined {
  return REVISIONS[REVISIONS.indexOf(revision) - 1];
}
