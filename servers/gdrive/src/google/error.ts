/** Google refused: one sentence that says why and what to do. Never a request, a header or a token. */
export class GoogleError extends Error {
  /** The HTTP status; 0 where nothing was sent. */
  readonly status: number;
  /** Google's name for the reason, as `insufficientFilePermissions`; empty where it gave none. */
  readonly reason: string;

  constructor(message: string, status = 0, reason = "") {
    super(message);
    this.name = "GoogleError";
    this.status = status;
    this.reason = reason;
  }
}
