/** The server answered a request with HTTP alone, where MCP has something else to say. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  /** The HTTP status. */
  readonly status: number;

  /** @param message one sentence: what the server did and what to do about it */
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What carried a request broke before its answer came. Whether the server acted on it is not known. */
export class RequestLost extends Error {
  override readonly name = "RequestLost";
}

/** The server no longer knows the session of a request, and did nothing with it: it may be sent again in another. */
export class SessionGone extends Error {
  override readonly name = "SessionGone";

  constructor() {
    super("The server no longer knows this session.");
  }
}
