import type { Submittable } from "pg";
import { type Column, DatabaseError } from "./database.ts";
import type { Kept, KeptStatements } from "./kept-statements.ts";
import { Messages } from "./messages.ts";
import { isServerError, type Wire } from "./wire.ts";

const DIVISION_BY_ZERO = "22012";
const NOT_SUPPORTED = "0A000";

/** A statement and its values in the text form PostgreSQL reads. */
export interface Step {
  readonly sql: string;
  readonly values?: readonly (string | null)[];
  /** How the session shall keep it planned for the next time, where it can; not at all when absent. */
  readonly kept?: Keeping | undefined;
  /** Whether it divides by zero where what comes after it is not to run. */
  readonly isCondition?: boolean;
}

/**
 * `named` for a fixed text of our own. `unnamed` for the one that nothing which runs in the session can replace, and
 * `once` for what is not kept and shall not take its place. A caller's has a key: the same one only where the same text
 * cannot mean anything else.
 */
export type Keeping = "named" | "unnamed" | "once" | { readonly key: string };

/**
 * What a batch is sent for: a statement, more rows of a cursor, or the end of one. Of a statement there may be `most` rows
 * at once where it is known that there are few, and otherwise `rows`.
 */
export type Aim =
  | { readonly run: Step; readonly cursor?: string; readonly rows?: number; readonly most?: number }
  | { readonly fetch: string; readonly rows: number }
  | { readonly close: string };

/** What came back for the aim of a batch. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** The command tag, as `INSERT 0 3`; empty while the cursor has more. */
  readonly tag: string;
  readonly hasMore: boolean;
}

/**
 * Statements that go to the server in one piece. Each is parsed on its own, so that none
 * can hold two; when one fails, PostgreSQL skips those after it, so that nothing runs outside the transaction that an
 * earlier one should have begun.
 */
export class Batch implements Submittable {
  /** What came back for the aim: before what follows it was run, if anything follows. */
  readonly answer: Promise<Answer>;
  /** Resolves once what follows the aim was run, too, and rejects if that failed. */
  readonly whole: Promise<void>;
  readonly #steps: readonly Step[];
  readonly #aim: Aim;
  readonly #after: readonly Step[];
  readonly #kept: KeptStatements | undefined;
  readonly #forgotten: readonly string[];
  /** Names of statements that are of no use after this batch. */
  readonly #passing: string[] = [];
  /** What this batch gives the session to keep, by key. */
  readonly #given = new Map<string, Kept>();
  #unnamed: string | undefined;
  readonly #settle: { resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  readonly #end: { resolve: () => void; reject: (error: unknown) => void };
  #completed = 0;
  #columns: readonly Column[] = [];
  #rows: (string | null)[][] = [];
  #tag = "";
  #hasMore = false;
  #copy: DatabaseError | undefined;

  /**
   * @param kept what the session keeps, where it can keep statements
   * @param forgotten names of statements that it shall keep no longer
   * @param after what follows the aim, for which its answer does not wait
   */
  constructor(
    steps: readonly Step[],
    aim: Aim,
    kept?: KeptStatements,
    forgotten: readonly string[] = [],
    after: readonly Step[] = [],
  ) {
    this.#steps = steps;
    this.#aim = aim;
    this.#after = after;
    this.#kept = kept;
    this.#unnamed = kept?.unnamed;
    this.#forgotten = forgotten;
    const { promise, ...settle } = Promise.withResolvers<Answer>();
    this.answer = promise;
    this.#settle = settle;
    const { promise: whole, ...end } = Promise.withResolvers<void>();
    this.whole = whole;
    this.#end = end;
    // Most batches end with their aim, and nobody asks.
    whole.catch(() => {});
  }

  submit(connection: unknown): null {
    const wire = connection as Wire;
    const messages = new Messages();
    for (const name of this.#forgotten) messages.forget(name);
    for (const step of this.#steps) this.#add(messages, step);
    this.#addAim(messages);
    if (this.#after.length > 0) messages.flush();
    for (const step of this.#after) this.#add(messages, step);
    messages.sync();
    if (wire.stream.writable) wire.stream.write(messages.bytes);
    return null;
  }

  handleRowDescription(message: { fields: readonly FieldDescription[] }): void {
    this.#columns = message.fields.map(columnOf);
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    if (this.#isAtAim()) this.#rows.push(message.fields);
  }

  handleCommandComplete(message: { text: string }): void {
    if (this.#isAtAim()) this.#tag = message.text;
    this.#complete();
  }

  handleEmptyQuery(): void {
    this.#complete();
  }

  handlePortalSuspended(): void {
    this.#hasMore = true;
    this.#complete();
  }

  handleCopyInResponse(wire: Wire): void {
    this.#copy = new DatabaseError("0A000", "COPY FROM STDIN has nothing to read here.");
    wire.sendCopyFail(this.#copy.message);
    // The server ignored the first one while it waited for data.
    wire.sync();
  }

  handleCopyData(): void {
    this.#copy ??= new DatabaseError("0A000", "COPY TO STDOUT has nowhere to write here.");
  }

  handleReadyForQuery(): void {
    if (this.#copy) return this.#reject(this.#copy);
    this.#noteKept();
    this.#resolve();
    this.#end.resolve();
  }

  handleError(error: unknown): void {
    this.#noteLost();
    const isChanged = this.#isUnmet(error) || this.#isOutdated(error);
    this.#reject(this.#copy ?? (isChanged ? changed() : error));
  }

  #complete(): void {
    // Without more to come, whoever gets the answer may go on at once, for which the server has to be ready.
    if (this.#isAtAim() && this.#after.length > 0 && !this.#copy) this.#resolve();
    this.#completed += 1;
  }

  #resolve(): void {
    this.#settle.resolve({
      columns: this.#columns,
      rows: this.#rows,
      tag: this.#tag,
      hasMore: this.#hasMore,
    });
  }

  #reject(error: unknown): void {
    this.#settle.reject(error);
    this.#end.reject(error);
  }

  #isUnmet(error: unknown): boolean {
    const next = this.#completed - this.#steps.length - 1;
    const step = this.#steps[this.#completed] ?? this.#after[next];
    return step?.isCondition === true && isServerError(error) && error.code === DIVISION_BY_ZERO;
  }

  /** A statement that is kept cannot get other columns, as when one was renamed; then it is let go. */
  #isOutdated(error: unknown): boolean {
    if (!("run" in this.#aim) || !isServerError(error) || error.code !== NOT_SUPPORTED)
      return false;
    const { kept } = this.#aim.run;
    if (typeof kept !== "object" || this.#kept?.get(kept.key) === undefined) return false;
    this.#kept.drop(kept.key);
    return true;
  }

  #isAtAim(): boolean {
    return this.#completed === this.#steps.length;
  }

  #addAim(messages: Messages): void {
    const aim = this.#aim;
    if ("close" in aim) messages.close(aim.close);
    else if ("fetch" in aim) messages.execute(aim.fetch, aim.rows);
    else this.#add(messages, aim.run, { portal: aim.cursor ?? "", rows: aim.rows ?? 0 }, true);
  }

  #add(messages: Messages, step: Step, { portal, rows } = WHOLE, isDescribed = false): void {
    messages.bind(portal, this.#parse(messages, step), step.values ?? []);
    if (isDescribed) messages.describe(portal);
    messages.execute(portal, rows);
  }

  /** Gives the name of the parsed statement. */
  #parse(messages: Messages, { sql, kept }: Step): string {
    if (!this.#kept || kept === undefined) return this.#parseUnnamed(messages, sql);
    if (kept === "unnamed") return this.#unnamed === sql ? "" : this.#parseUnnamed(messages, sql);
    const isCallers = typeof kept === "object";
    const key = isCallers ? kept.key : sql;
    const has = this.#kept.get(key) ?? this.#given.get(key)?.name;
    if (has !== undefined && kept !== "once") return has;
    const name = this.#kept.nameNext();
    if (kept === "once") this.#passing.push(name);
    else this.#given.set(key, { name, isCallers });
    messages.parse(name, sql);
    return name;
  }

  #parseUnnamed(messages: Messages, sql: string): string {
    this.#unnamed = sql;
    messages.parse("", sql);
    return "";
  }

  #noteKept(): void {
    if (!this.#kept) return;
    this.#kept.add(this.#given);
    for (const name of this.#passing) this.#kept.forget(name);
    this.#kept.unnamed = this.#unnamed;
  }

  /** How far the server came is not known. */
  #noteLost(): void {
    if (!this.#kept) return;
    for (const { name } of this.#given.values()) this.#kept.forget(name);
    for (const name of this.#passing) this.#kept.forget(name);
    this.#kept.unnamed = undefined;
  }
}

/** All rows at once, of a portal that needs no name. */
const WHOLE = { portal: "", rows: 0 };

/** What `pg` reads of a column in a row's description; a `tableID` of 0 stands for an expression. */
interface FieldDescription {
  readonly name: string;
  readonly dataTypeID: number;
  readonly tableID: number;
  readonly columnID: number;
}

function columnOf({ name, dataTypeID: type, tableID, columnID }: FieldDescription): Column {
  if (tableID === 0) return { name, type };
  return { name, type, origin: { relation: tableID, column: columnID } };
}

function changed(): DatabaseError {
  return new DatabaseError("changed", "What the statement was judged by has changed; try again.");
}
