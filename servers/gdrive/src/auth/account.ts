/** Somebody in whose name Google is asked. */
export interface Account {
  /** How tools and the operator name it; `default` where nobody named one. */
  readonly name: string;
  /**
   * A token for the `Authorization` header, renewed in good time; of many who ask at once one renews it.
   * @throws {RemoteError} `no-credentials` with a sentence that says what to set or to run
   */
  accessToken(signal: AbortSignal): Promise<string>;
  /** Says that Google answered 401 to this token, so that the next call gets another one. */
  refused(accessToken: string): void;
  /** What the account may do, without asking Google; undefined where nobody said so, as of a token given ready-made. */
  grantedScopes(): Promise<ReadonlySet<string> | undefined>;
}

/** The accounts of the operator. Nothing is read before it is asked for. */
export interface Accounts {
  /** Names of all that could be used; empty where no credential was given. */
  names(): Promise<readonly string[]>;
  /**
   * The account of a name, or without one the only or default one.
   * @throws {RemoteError} `no-credentials` when there is none, or none of that name
   */
  get(name?: string): Promise<Account>;
}
