import { jsonSchema, s } from "@portico/core";
import type { Cell } from "../../../editing/sheets/formulas.ts";

/** Which spreadsheet. */
export const spreadsheetId = s.string({ minLength: 1, description: "Id or address" });

/** Which cells of it. */
export const range = s.string({
  minLength: 1,
  maxLength: 300,
  description: "A1 notation as 'My sheet'!A2:C9, a sheet's title, or a named range",
});

/** Rows to write. */
export const values = s.array(
  s.array(jsonSchema<Cell>({ type: ["string", "number", "boolean", "null"] }), { maxItems: 1_000 }),
  {
    minItems: 1,
    maxItems: 10_000,
    description: "Rows; null leaves a cell, an empty text clears it",
  },
);

/** How values are taken. */
export const input = s.optional(
  s.enum(["raw", "user_entered"], {
    default: "raw",
    description: "user_entered takes texts as if typed: formulas, dates",
  }),
);

/** What was written. */
export const writtenOutput = s.object({
  range: s.string(),
  cells: s.integer(),
  formulas: s.optional(s.integer()),
});
