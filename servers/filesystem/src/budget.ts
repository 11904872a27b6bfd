/**
 * Most bytes of text in one answer. Results carry their text twice (as content and as structured
 * content), and hosts commonly refuse results beyond a megabyte.
 */
export const ANSWER_BYTES = 400_000;

/** Most bytes of a binary file in one answer; base64 makes a third more of it. */
export const MEDIA_BYTES = 10 * 1024 * 1024;

/** Most milliseconds a search or tree walk may take. */
export const SEARCH_MS = 10_000;
