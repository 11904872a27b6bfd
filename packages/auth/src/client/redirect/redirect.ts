/** How a user is sent to an authorization server and comes back. */
export interface RedirectHandler {
  /**
   * Makes ready to receive one user.
   * @param known redirect URIs that the client is registered with; best is to use one of them again
   */
  open(known: readonly string[], signal?: AbortSignal): Promise<Redirect>;
}

/** A place that an authorization server sends one user back to. */
export interface Redirect {
  readonly uri: string;
  /**
   * Sends the user to the authorization server.
   * @returns the URL the user came back with, as it was asked for
   */
  visit(authorization: URL, signal?: AbortSignal): Promise<URL>;
  /** Receives nobody any more. */
  close(): void | Promise<void>;
}
