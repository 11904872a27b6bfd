/** A value to bind: PostgreSQL infers its type from the statement. */
export type Parameter = string | number | bigint | boolean | null | readonly Parameter[];

/** A column of an answer. */
export interface Column {
  readonly name: string;
  /** OID in `pg_type`. */
  readonly type: number;
  /** The column of a table or view it shows as it is: OID in `pg_class`, number in `pg_attribute`. */
  readonly origin?: { readonly relation: number; readonly column: number } | undefined;
}

/** Rows as PostgreSQL wrote them: every value its text form, or null. Names may occur twice. */
export interface TextRows {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** `SELECT`, `INSERT`, …: the command tag's first word. */
  readonly command: string;
  /** Rows the command touched, where it says. */
  readonly affected: number | undefined;
}

/** How a statement is to be run. */
export interface QueryOptions {
  /** Whether the session shall keep it planned for the next time, where it can: for fixed texts of our own only. */
  readonly kept?: boolean | undefined;
}

/** A connection inside one transaction, lent for one piece of work. */
export interface Session {
  /**
   * Runs one statement with the extended protocol, so that it can never be two.
   * @throws {DatabaseError}
   */
  query(sql: string, parameters?: readonly Parameter[], options?: QueryOptions): Promise<TextRows>;
  /** The same, read through a server-side cursor in portions; stops asking once the reader stops. */
  stream(sql: string, parameters?: readonly Parameter[], portion?: number): AsyncIterable<TextRows>;
}

/** On whose behalf and how long. */
export interface Use {
  /** Aborting cancels the statement in the server, not only the waiting for it. */
  readonly signal: AbortSignal;
  /** Milliseconds a statement may take; never more than the operator allowed. The operator's limit when absent. */
  readonly timeoutMs?: number | undefined;
  /** The role and settings of the caller (`SET LOCAL ROLE`, claims), where the server has many. */
  readonly identity?: Identity | undefined;
}

/**
 * What has to hold for a transaction to go on: a query of our own that divides by zero where it does not. It travels
 * in one piece with the first statement, which is then not even parsed.
 */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /**
   * The only statement of the work, where a session may keep it planned, and a key for it: another one where its
   * names may stand for something else.
   */
  readonly keeps?: { readonly sql: string; readonly key: string } | undefined;
}

/** Whom PostgreSQL shall take the caller for. */
export interface Identity {
  readonly role?: string | undefined;
  /** Settings for row level security, as `request.jwt.claims`. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/** A transaction that stays open over several calls. */
export interface OpenTransaction {
  /**
   * Runs a piece of work in it, after those begun before. When the work rejects, what it did is undone and the
   * transaction goes on; its role and settings are those it began with.
   * @throws {DatabaseError} also when the transaction is over
   */
  run<T>(
    use: Pick<Use, "signal" | "timeoutMs">,
    work: (session: Session) => Promise<T>,
  ): Promise<T>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Resolves when it has ended, in whichever way: committed, rolled back, idle for too long, connection lost. */
  readonly ended: Promise<void>;
}

/** One database the server was given: a pool of connections, and the rules that hold on all of them. */
export interface Database {
  /** How callers name it. */
  readonly name: string;
  /** `postgres://host:port/database` without user and password. */
  readonly publicUrl: string;
  /**
   * Runs `work` in a read-only transaction that is rolled back, on a connection nobody else has left traces on.
   * @throws {DatabaseError} `changed` when `condition` does not hold
   */
  read<T>(use: Use, work: (session: Session) => Promise<T>, condition?: Condition): Promise<T>;
  /** Runs `work` in a transaction that is committed when it resolves and rolled back when it rejects. */
  write<T>(use: Use, work: (session: Session) => Promise<T>): Promise<T>;
  /** Begins a transaction that lasts until it is ended, or too long idle. Its `timeoutMs` is that of the beginning. */
  begin(use: Use & { readonly readOnly: boolean }): Promise<OpenTransaction>;
  /** Runs one statement outside of a transaction, as `VACUUM` and `CREATE INDEX CONCURRENTLY` need. */
  alone(use: Use, sql: string): Promise<TextRows>;
  /**
   * Hears of `NOTIFY channel`, on a connection kept for it that comes back by itself. After it came back every
   * listener is told once with an empty payload, since what was sent meanwhile is lost. Resolves to what stops it.
   */
  listen(channel: string, notified: (payload: string) => void): Promise<() => void>;
  close(): Promise<void>;
}

/** The databases an operator gave the server. Callers choose by name and never say where one is. */
export interface Databases {
  /** In the order they were given; the first is the default. */
  readonly names: readonly string[];
  /**
   * The database of that name, or the default one.
   * @throws {DatabaseError} `unknown-database`
   */
  get(name?: string): Database;
  close(): Promise<void>;
}

/** What PostgreSQL answered when it refused, without anything that is not for the caller. */
export class DatabaseError extends Error {
  /**
   * SQLSTATE, or `unreachable`, `connection-lost`, `timeout`, `cancelled`, `too-many-connections`, `too-large`,
   * `over`, `not-allowed`, `unknown-database`, `changed`.
   */
  readonly code: string;
  /** Where in the statement, in characters from 1. */
  readonly position: number | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;

  constructor(
    code: string,
    message: string,
    more: {
      position?: number | undefined;
      detail?: string | undefined;
      hint?: string | undefined;
    } = {},
  ) {
    super(message);
    this.name = "DatabaseError";
    this.code = code;
    this.position = more.position;
    this.detail = more.detail;
    this.hint = more.hint;
  }
}
