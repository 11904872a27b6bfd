/** What is shown instead of a value. `none` takes a column out of what a later rule masks. */
export const MASK_KINDS = ["full", "hash", "last4", "email", "null", "none"] as const;

/**
 * `full`: asterisks. `hash`: the same for the same value while the server runs. `last4`: the last four characters.
 * `email`: the first letter and the domain. `null`: nothing. `none`: the value itself.
 */
export type MaskKind = (typeof MASK_KINDS)[number];

/** What is shown instead of the values of some columns. Names are globs of `*` and `?`. */
export interface MaskRule {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly kind: MaskKind;
}

/** A rule that cannot be understood; one sentence with how to write it. */
export class MaskRuleError extends Error {
  override readonly name = "MaskRuleError";
}

const PART = '("(?:[^"]|"")+"|[^".=]+)';
const RULE = new RegExp(`^${PART}\\.${PART}\\.${PART}=(\\w+)$`, "su");

/**
 * Reads a rule as an operator writes it: `public.users.email=email`, `*.*.ssn=full`. A part with a dot or `=` in it
 * stands in double quotes.
 * @throws {MaskRuleError}
 */
export function parseMaskRule(written: string): MaskRule {
  const [, schema, table, column, kind] = RULE.exec(written.trim()) ?? [];
  if (schema === undefined || table === undefined || column === undefined) {
    throw new MaskRuleError(
      `"${written}" is no rule for masking; write schema.table.column=kind, as in public.users.email=email.`,
    );
  }
  const known = MASK_KINDS.find((one) => one === kind);
  if (!known) {
    throw new MaskRuleError(
      `"${kind}" is no way to mask a column; use one of ${MASK_KINDS.join(", ")}.`,
    );
  }
  return {
    schema: unquoted(schema),
    table: unquoted(table),
    column: unquoted(column),
    kind: known,
  };
}

function unquoted(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}
