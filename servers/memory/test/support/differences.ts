/**
 * Every intended difference from the official server 2026.8.31, in the words of the README. Each is shown by
 * a case of differences.test.ts.
 */
export const differences = {
  unknownEnds:
    "Relations to entities that do not exist are refused, naming all that are missing; officially they are kept, and lead nowhere.",
  emptyNames: "An entity without a name is refused.",
  batch:
    "What comes twice in one call is stored once: an entity with the observations of both, an observation, a relation.",
  notes:
    "What existed already, and what was not there to be deleted or opened, is said in a second text block and in the field `note`; officially it is passed over in silence.",
  search:
    "`search_nodes` looks for words, all of which must occur somewhere in an entity, in any form and with likely misspellings; officially for the query as one piece of text, found also inside of words.",
  ranked:
    "Search answers the best matches first, 50 unless `limit` says otherwise; officially all, the oldest first.",
  emptyQuery:
    "An empty query is refused, with advice what to use instead; officially it answers the whole graph.",
  paged:
    "Reads answer less than 25,000 tokens: `next` in the answer and a second text block say how to get the rest.",
  halfCharacter: "Half of a surrogate pair and the character NUL are refused.",
  errors: "Error texts differ: they say what was wrong and what to do.",
  concurrent: "Calls that arrive together all count; officially the last to finish wins.",
} as const;

/** The name of a row. */
export type Difference = keyof typeof differences;
