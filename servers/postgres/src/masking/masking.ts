import { DatabaseError, type Session, type TextRows } from "../database/database.ts";
import type { MaskValue } from "./mask.ts";
import type { MaskRule } from "./rules.ts";

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

  /**
   * For a statement of a caller that is only planned: what a plan expects tells of values, too.
   * @throws {Refused} when the statement could tell of masked values
   */
  async check(session: Session, sql: string): Promise<void> {
    if (!this.isOff) await this.#prepare(session, sql);
  }

  /** What ends a transaction can fail as its statements can: deferred constraints are checked only then. */
  async ending<T>(work: Promise<T>): Promise<T> {
    if (this.isOff) return work;
    try {
      return await work;
    } catch (error) {
      throw withoutDetail(error);
    }
  }

  /** @throws {Refused} when the statement could tell of masked values */
  async #prepare(session: Session, sql: string): Promise<(rows: TextRows) => TextRows> {
    const { createMask, maskFor } = await import("./statement-mask.ts");
    this.#mask ??= createMask();
    return maskFor(session, sql, { rules: this.#rules, mask: await this.#mask });
  }
}

/** The detail of an error may show a whole row: "Failing row contains (…)". */
function withoutDetail(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.detail === undefined) return error;
  const { code, message, position, hint } = error;
  return new DatabaseError(code, message, { position, hint });
}
