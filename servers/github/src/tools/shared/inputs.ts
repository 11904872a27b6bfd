import { s } from "@portico/core";

/** Arguments most tools have, described only where the name does not say it. */
export const owner = s.string();
export const repo = s.string();
export const page = s.optional(s.integer());
export const perPage = s.optional(s.integer({ maximum: 100 }));
/** For lists that GraphQL pages: the `next_cursor` of the answer before. */
export const after = s.optional(s.string());
/** The first is default. */
export const order = s.optional(s.enum(["desc", "asc"]));

/** Usual items on a page. */
export const USUAL_PER_PAGE = 30;
