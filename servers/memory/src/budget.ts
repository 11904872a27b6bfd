// Bytes of the text of an answer; the same data goes along as structured content, and a host shows a model one of them.

/** Most bytes of one answer: less than the 25,000 tokens beyond which hosts refuse one. */
export const ANSWER_BYTES = 80_000;

/** Most bytes of entities in an answer that has relations as well. */
export const ENTITY_BYTES = 60_000;

/** Most bytes of a resource, which cannot be read page by page. */
export const RESOURCE_BYTES = 8_000_000;

/** Entries of a list that are asked of the store at first: a few large ones may fill an answer. */
export const FIRST_PORTION = 20;

/** Most entries of a list that are asked of the store at once. */
export const PORTION = 200;
