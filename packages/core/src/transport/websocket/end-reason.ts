import { type MessageLimits, tooLong } from "../../jsonrpc/codec.ts";
import type { SocketEnd } from "./socket.ts";

/** RFC 6455 section 7.4.1: done, going away, and a close frame without a code. */
const PLAIN_ENDS: readonly number[] = [1000, 1001, 1005];
const BROKEN = 1006;
/** Our own code for a peer that answers no ping. */
export const PEER_SILENT = "PEER_SILENT";
/** Our own code for a peer whose unfinished message was the largest when there were too many bytes of such. */
export const HOLDS_MOST = "HOLDS_MOST";
/** What the ws library calls a frame over its limit, and text that is no UTF-8. */
const TOO_LONG = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
const NOT_UTF8 = "WS_ERR_INVALID_UTF8";

/** Why a connection is over, in one sentence; undefined when it was a plain end. */
export function endReason(end: SocketEnd, limits: MessageLimits): Error | undefined {
  const { code, reason, error } = end;
  if (error) return new Error(failure(error, limits), { cause: error });
  if (PLAIN_ENDS.includes(code)) return undefined;
  if (code === BROKEN) return new Error("The WebSocket connection broke.");
  const why = reason === "" ? `code ${code}` : `code ${code}: ${reason}`;
  return new Error(`The peer closed the WebSocket (${why}).`);
}

function failure(error: NodeJS.ErrnoException, limits: MessageLimits): string {
  if (error.code === TOO_LONG) return `${tooLong(limits).message} The connection was closed.`;
  if (error.code === NOT_UTF8) return "The peer sent text that is not UTF-8; it was disconnected.";
  if (error.code === PEER_SILENT) return "The peer answered no ping; it was disconnected.";
  if (error.code === HOLDS_MOST) {
    return "Too many bytes of unfinished messages came; the peer with most of them was disconnected.";
  }
  return `The WebSocket connection broke (${error.code ?? error.name}).`;
}
