import { DatabaseError, type Session, type TextRows } from "../database/database.ts";
import { parse } from "../guard/parser.ts";
import { Refused } from "../guard/refused.ts";
import { createMask, type MaskValue } from "./mask.ts";
import { type MaskPlan, maskPlan, originKey } from "./plan.ts";
import type { MaskRule } from "./rules.ts";
import { checkMasked } from "./statement.ts";

/** Hides the values of columns the operator chose, in whatever callers read. */
export class Masking {
  readonly #rules: readonly MaskRule[];
  #mask: Promise<MaskValue> | undefined;

  constructor(rules: readonly MaskRule[]) {
    this.#rules = rules;
  }

  /** True when nothing is hidden. */
  get isOff(): boolean {
    return this.#rules.length === 0;
  }

  /**
   * The same session for statements that callers write: masked columns come masked, and a statement that could tell
   * of their values in another way is refused. For callers' statements only: it costs a look at the catalogue each.
   */
  over(session: Session): Session {
    if (this.isOff) return session;
    const prepare = (sql: string) => this.#prepare(session, sql);
    return {
      async query(sql, parameters) {
        const mask = await prepare(sql);
        try {
          return mask(await session.query(sql, parameters));
        } catch (error) {
          throw withoutDetail(error);
        }
      },
      async *stream(sql, parameters, portion) {
        const mask = await prepare(sql);
        try {
          for await (const rows of session.stream(sql, parameters, portion)) yield mask(rows);
        } catch (error) {
          throw withoutDetail(error);
        }
      },
    };
  }

  /** @throws {Refused} when the statement could tell of masked values */
  async #prepare(session: Session, sql: string): Promise<(rows: TextRows) => TextRows> {
    const [statement, ...others] = await parse(sql);
    if (!statement || others.length > 0) throw new Refused("Send one statement a call.");
    const plan = await maskPlan(session, this.#rules);
    const names = checkMasked(statement.type, statement.fields, plan);
    if (names.size === 0) return (rows) => rows;
    this.#mask ??= createMask();
    const mask = await this.#mask;
    return (rows) => maskRows(rows, names, plan, mask);
  }
}

/** The detail of an error may show a whole row: "Failing row contains (…)". */
function withoutDetail(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.detail === undefined) return error;
  const { code, message, position, hint } = error;
  return new DatabaseError(code, message, { position, hint });
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
