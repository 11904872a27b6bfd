/** Why no usable answer came from a remote service. */
export type RemoteFailure =
  | "unreachable"
  | "timeout"
  | "too-large"
  | "redirect"
  | "rate-limited"
  | "no-credentials";

/** No usable answer came: one sentence that names the host, never the path, the query or a credential. */
export class RemoteError extends Error {
  readonly failure: RemoteFailure;
  /** When it is worth trying again, in seconds from now, where the service said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(failure: RemoteFailure, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = "RemoteError";
    this.failure = failure;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Says that nothing can be done without a credential: which variable to set, and where to get one. */
export function missingCredential(variable: string, page: string): RemoteError {
  return new RemoteError(
    "no-credentials",
    `No credential is set: get one at ${page} and start the server with ${variable} set to it.`,
  );
}
