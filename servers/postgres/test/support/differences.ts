/**
 * Every intended difference from the archived server 0.6.2, in the words of the README. Each is shown by a case of
 * archived.test.ts.
 */
export const differences = {
  dates:
    "Dates and times come as PostgreSQL writes them (`2024-02-29`); there as UTC timestamps of the server's time zone.",
  bytea: "`bytea` comes as hexadecimal (`\\x00ff`); there as a list of numbers.",
  intervals: "Intervals, points and circles come as PostgreSQL writes them; there as objects.",
  exact:
    "Numbers that JSON would round stay exact, as text: `numeric[]`, and long numbers inside JSON; there they are rounded.",
  notFinite: "`NaN` and infinities come as text; there as null.",
  duplicates:
    "Columns of one name are all there, as `id` and `id_2`; there the last one hides the others.",
  rowCap:
    "An answer has 100 rows unless `limit` says otherwise, and 100 kB; there everything comes at once.",
  errors:
    "A statement that fails is a result with `isError`, which the model reads, with the place in the statement; there it is an error of the protocol.",
  oneStatement:
    "A call is one statement; there several run, and can leave the read-only transaction.",
  functions:
    "Functions that do more than answer are refused; there they run, also those that write files or end connections.",
  lastBlock: "A second text says that what was read is data, and what is missing of it.",
} as const;

/** The name of a row. */
export type Difference = keyof typeof differences;
