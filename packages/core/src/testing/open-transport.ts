import type { Transport } from "../transport/transport.ts";

/** One open connection: the end under test, whose other end runs `echoPeer`. */
export interface OpenTransport {
  /** Not started yet. */
  readonly transport: Transport;
  /** Frees what closing `transport` does not. */
  readonly dispose?: () => void | Promise<void>;
}

/** The same, with a hand on the bytes below. */
export interface OpenByteStream extends OpenTransport {
  /** Puts bytes on the wire towards the peer as they are; resolves when the wire took them. */
  readonly writeRaw: (bytes: Uint8Array) => Promise<void>;
  /** Ends the wire towards the peer without closing `transport`. */
  readonly endRaw: () => void;
  /** Makes the peer stop reading; the function it returns lets it go on. */
  readonly stall: () => () => void;
}
