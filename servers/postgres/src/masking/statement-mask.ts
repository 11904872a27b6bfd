import type { Session, TextRows } from "../database/database.ts";
import { parse } from "../guard/parser.ts";
import { Refused } from "../guard/refused.ts";
import type { MaskValue } from "./mask.ts";
import { type MaskPlan, maskPlan, originKey } from "./plan.ts";
import type { MaskRule } from "./rules.ts";
import { checkMasked } from "./statement.ts";

export { createMask } from "./mask.ts";

/** What columns are masked, and how their values are hidden. */
interface MaskedBy {
  readonly rules: readonly MaskRule[];
  readonly mask: MaskValue;
}

/**
 * Gives what hides the masked values in the rows of a statement.
 * @throws {Refused} when the statement could tell of masked values in another way
 */
export async function maskFor(
  session: Session,
  sql: string,
  { rules, mask }: MaskedBy,
): Promise<(rows: TextRows) => TextRows> {
  const [statement, ...others] = await parse(sql);
  if (!statement || others.length > 0) throw new Refused("Send one statement a call.");
  const plan = await maskPlan(session, rules);
  const names = checkMasked(statement.type, statement.fields, plan);
  return names.size === 0 ? (rows) => rows : (rows) => maskRows(rows, names, plan, mask);
}

/** A column that lost its origin but has the name of a masked one is hidden as well, for safety. */
function maskRows(
  rows: TextRows,
  names: ReadonlySet<string>,
  { kinds }: MaskPlan,
  mask: MaskValue,
): TextRows {
  const masks = rows.columns.map(({ name, origin }) => {
    if (origin) return kinds.get(originKey(origin.relation, origin.column));
    return names.has(name) ? "full" : undefined;
  });
  if (masks.every((kind) => kind === undefined)) return rows;
  const hide = (row: readonly (string | null)[]) =>
    row.map((value, at) => {
      const kind = masks[at];
      return kind === undefined || value === null ? value : mask(kind, value);
    });
  // What is shown is no number, date or JSON any more.
  const columns = rows.columns.map((column, at) =>
    masks[at] === undefined ? column : { ...column, type: TEXT },
  );
  return { ...rows, columns, rows: rows.rows.map(hide) };
}

/** OID of `text`. */
const TEXT = 25;
