/** Who acts on GitHub. */
export interface Credential {
  /** Stands for the identity wherever one must not be taken for another. Shown to nobody, and no secret in it. */
  readonly identity: string;
  /**
   * The value of the `authorization` header, renewed when it is about to expire.
   * @param signal of the call it is for
   */
  authorization(signal: AbortSignal): Promise<string>;
}

/** Finds who acts for an owner of repositories. */
export interface Credentials {
  /**
   * The credential for what belongs to `owner`; the usual one when absent or when `owner` has none of its own.
   * @throws {RemoteError} `no-credentials`, saying what to set and where to get it
   */
  for(owner: string | undefined, signal: AbortSignal): Promise<Credential>;
}

/** One token for everything. */
export function tokenCredentials(token: string): Credentials {
  const credential = { identity: "token", authorization: async () => `Bearer ${token}` };
  return { for: async () => credential };
}
