/** Name of the subprotocol both ends must agree on, so that neither mistakes another service's socket for MCP. */
export const SUBPROTOCOL = "mcp";

/** How a socket ended. */
export interface SocketEnd {
  /** RFC 6455 section 7.4; 1006 when the connection just broke. */
  readonly code: number;
  /** What the peer gave as reason, often empty. */
  readonly reason: string;
  /** What failed on this side, where the library says. */
  readonly error?: Error | undefined;
}

/** Hears what happens on a socket, in the order in which it happens. */
export interface SocketEvents {
  text(text: string): void;
  /** A binary frame came, which is no message. */
  binary(): void;
  /** The last event, once. Not called for a socket that was never opened. */
  closed(end: SocketEnd): void;
}

/** An open WebSocket, whatever library it comes from. */
export interface Socket {
  send(text: string): void;
  /** Bytes that were sent and that the network has not taken yet. */
  readonly waiting: number;
  /** Resolves when fewer than `bytes` wait, or the socket is over. */
  below(bytes: number): Promise<void>;
  /** Stops reading until `resume`; absent where the library cannot. */
  pause?(): void;
  resume?(): void;
  /** Begins the closing handshake behind what waits. */
  close(): void;
  /** Ends the connection at once, as far as the library can. */
  drop(): void;
}

/**
 * Opens a socket that reports to `events` from its first frame on.
 * @throws {Error} when it cannot be opened, with what to do about it
 */
export type OpenSocket = (events: SocketEvents, signal: AbortSignal) => Socket | Promise<Socket>;
