/** How strictly TLS is asked for and checked, with the meaning libpq gives each word. */
export const SSL_MODES = [
  "disable",
  "allow",
  "prefer",
  "require",
  "verify-ca",
  "verify-full",
] as const;

/** One of {@link SSL_MODES}. */
export type SslMode = (typeof SSL_MODES)[number];

/** A place where the database may be. */
export interface Host {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
}

/** Which of several hosts will do. */
export type TargetSession = "any" | "read-write" | "read-only" | "primary" | "standby";

/** Where a database is and how to be let in. */
export interface ConnectionSettings {
  /** Tried in this order. */
  readonly hosts: readonly Host[];
  readonly database: string;
  readonly user: string;
  /** A function, so that nothing that prints the settings prints it. */
  readonly password: () => string | undefined;
  readonly ssl: SslSettings;
  /** How the session names itself to the database. */
  readonly applicationName: string;
  /** Command line options for the session, as `-c geqo=off`. */
  readonly options: string | undefined;
  /** Milliseconds until a host that does not answer is given up. */
  readonly connectTimeoutMs: number;
  readonly targetSession: TargetSession;
  /**
   * What `pgbouncer` and its like keep for a client: `session`, or only a `transaction`. In the latter nothing that
   * outlives a transaction is set or reset.
   */
  readonly pooling: "session" | "transaction";
}

/** What TLS needs. Files are read when a connection is made. */
export interface SslSettings {
  readonly mode: SslMode;
  /** Certificates to trust: a file, or `system` for those Node trusts. */
  readonly rootCertificate: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  /** A function, so that nothing that prints the settings prints it. */
  readonly keyPassword: () => string | undefined;
  /** `direct` begins with TLS at once, as PostgreSQL 17 understands. */
  readonly negotiation: "postgres" | "direct";
  readonly channelBinding: "disable" | "prefer" | "require";
}

/** Settings that say nothing usable. The sentence repeats no value: any could be a piece of a password. */
export class ConnectionSettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConnectionSettingsError";
  }
}
