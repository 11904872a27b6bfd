import type { ServerResponse } from "node:http";

/** Most answers that wait for each other; more only keeps the first client waiting. */
const MOST = 16;
/** How long a client may take none of what is left of its answer, in milliseconds. */
const UNREAD_MS = 60_000;

/** An answer whose head is written. */
interface Ready {
  readonly response: ServerResponse;
  readonly body: string;
  /** `latin1` where every character is one byte anyway: it is copied, not encoded. */
  readonly encoding: "latin1" | "utf8";
}

let ready: Ready[] = [];

/**
 * Sends an answer at the end of this turn of the event loop, together with what else is answered in it. The other end
 * of a connection is often on the same machine, a client or a proxy; to wake it for each answer costs more than most
 * calls, and once awake it takes several.
 */
export function sendSoon(answer: Ready): void {
  const waiting = ready.push(answer);
  if (waiting === 1) setImmediate(sendAll);
  else if (waiting === MOST) sendAll();
}

/** Ends an answer. A client that stops taking it is not waited for, or it would hold it in memory for good. */
export function sendNow(
  response: ServerResponse,
  body = "",
  encoding: BufferEncoding = "latin1",
): void {
  if (response.destroyed) return;
  response.end(body, encoding);
  if (response.writableLength > 0) response.setTimeout(UNREAD_MS, () => response.destroy());
}

/** Resolves once everything that was to be sent soon is sent. */
export function allSent(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function sendAll(): void {
  const all = ready;
  ready = [];
  for (const { response, body, encoding } of all) sendNow(response, body, encoding);
}
