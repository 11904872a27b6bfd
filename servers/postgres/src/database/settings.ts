import { type ConnectionSettings, ConnectionSettingsError } from "./connection-settings.ts";
import type { TunnelSettings } from "./tunnel-settings.ts";

/** How the server uses one database. Only the operator decides. */
export interface DatabaseSettings {
  /** How callers name it. */
  readonly name: string;
  readonly connection: ConnectionSettings;
  /** Whether anything but read-only transactions may run. False when absent. */
  readonly writable?: boolean | undefined;
  /** Milliseconds a statement may take. 30 seconds when absent. */
  readonly statementTimeoutMs?: number | undefined;
  /** Milliseconds a statement may wait for a lock. 5 seconds when absent. */
  readonly lockTimeoutMs?: number | undefined;
  /** Milliseconds a transaction may be open without a statement running. 60 seconds when absent. */
  readonly idleTransactionMs?: number | undefined;
  /** 10 when absent. */
  readonly maxConnections?: number | undefined;
  /** Milliseconds to wait for a connection that others use. 30 seconds when absent. */
  readonly queueTimeoutMs?: number | undefined;
  /** Milliseconds a connection stays open that nobody uses. 30 seconds when absent. */
  readonly idleConnectionMs?: number | undefined;
  /** A machine to reach the database through. */
  readonly tunnel?: TunnelSettings | undefined;
}

/** The same with every default filled in. */
export type Limits = Required<
  Pick<
    DatabaseSettings,
    | "statementTimeoutMs"
    | "lockTimeoutMs"
    | "idleTransactionMs"
    | "maxConnections"
    | "queueTimeoutMs"
    | "idleConnectionMs"
  >
> & {
  /** Bytes an answer may have before the connection is given up: no cursor splits a single value. */
  readonly answerBytes: number;
};

/** The most milliseconds that PostgreSQL and Node can both wait. */
const LONGEST_MS = 2_147_000_000;

/**
 * The limits in `settings`, with defaults for those it leaves out.
 * @throws {ConnectionSettingsError} when one is no positive number: nothing here is unlimited
 */
export function limitsOf(settings: DatabaseSettings): Limits {
  return {
    statementTimeoutMs: positive(settings.statementTimeoutMs ?? 30_000, "statement time-out"),
    lockTimeoutMs: positive(settings.lockTimeoutMs ?? 5_000, "lock time-out"),
    idleTransactionMs: positive(settings.idleTransactionMs ?? 60_000, "idle time-out"),
    maxConnections: positive(settings.maxConnections ?? 10, "number of connections"),
    queueTimeoutMs: positive(settings.queueTimeoutMs ?? 30_000, "queue time-out"),
    idleConnectionMs: positive(settings.idleConnectionMs ?? 30_000, "idle connection's time"),
    answerBytes: 64 * 1024 * 1024,
  };
}

function positive(value: number, what: string): number {
  if (Number.isInteger(value) && value > 0 && value <= LONGEST_MS) return value;
  throw new ConnectionSettingsError(`The ${what} is a whole number from 1 to ${LONGEST_MS}.`);
}
