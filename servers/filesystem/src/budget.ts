// A result carries its text twice, as content and as structured content.

/** Most bytes of a file's text in one answer: about as much as a model can read at once. */
export const ANSWER_BYTES = 400_000;

/** Most bytes of names in one answer: room for a tree of 20,000 entries. */
export const LISTING_BYTES = 2_000_000;

/** Most bytes of a binary file in one answer; base64 makes a third more of it. */
export const MEDIA_BYTES = 10 * 1024 * 1024;

/** Most milliseconds a search or tree walk may take. */
export const SEARCH_MS = 10_000;
