import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { discard, mediaType } from "./client-body.ts";
import { RequestLost, SessionGone } from "./client-errors.ts";
import type { StreamCursor } from "./client-events.ts";
import { jittered, pause } from "./client-pause.ts";

/** How often in a row a stream may fail to come back before what was on it counts as lost. */
const MOST_FAILURES = 5;
/** The pause, in milliseconds, where the server does not ask for one; it doubles with each failure in a row. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Opens a broken stream again where it broke. 2025-11-25 basic/transports: the client MUST wait as long as the
 * server's `retry` says.
 * @param get asks for the stream after `cursor`
 * @throws {RequestLost} when the server does not go on with it
 */
export async function reopen(
  cursor: StreamCursor,
  get: () => Promise<Response>,
  signal: AbortSignal,
): Promise<Response> {
  for (let failures = 0; failures < MOST_FAILURES; failures++) {
    await pause(pauseBefore(cursor, failures), signal);
    const response = await reached(get());
    if (response === undefined) continue;
    if (isStream(response)) return response;
    await discard(response);
    if (response.status === 404) throw new RequestLost(BROKEN, { cause: new SessionGone() });
    if (response.status < 500) break;
  }
  throw new RequestLost(BROKEN);
}

const BROKEN = "The server's stream broke off before the answer came, and could not be resumed.";

/**
 * Keeps the stream for what belongs to no request open. Returns when the server does not offer it
 * (2025-11-25 basic/transports: MUST answer 405 then; some have other ways to say so).
 * @throws {SessionGone} when the server had offered it and then does not know the session
 */
export async function standingStream(
  get: (cursor: StreamCursor) => Promise<Response>,
  read: (response: Response, cursor: StreamCursor) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const cursor: StreamCursor = { seen: 0 };
  let opened = false;
  for (let failures = 0; ; failures++) {
    const response = await reached(get(cursor));
    if (response && isStream(response)) {
      opened = true;
      const { seen } = cursor;
      await readOut(read(response, cursor));
      if (cursor.seen > seen) failures = 0;
    } else if (response) {
      await discard(response);
      if (opened && response.status === 404) throw new SessionGone();
      if (response.status < 500 && !forgets(cursor)) return;
    }
    await pause(pauseBefore(cursor, failures), signal);
  }
}

/** A server may no longer know the last event: the stream is then asked for from now on. False when it was so already. */
function forgets(cursor: StreamCursor): boolean {
  if (cursor.lastEventId === undefined) return false;
  cursor.lastEventId = undefined;
  return true;
}

/** A stream that breaks, or carries too long an event, is opened again like one that ends. */
async function readOut(reading: Promise<void>): Promise<void> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof RpcError) return;
  }
}

async function reached(getting: Promise<Response>): Promise<Response | undefined> {
  try {
    return await getting;
  } catch (error) {
    if (error instanceof RequestLost) return;
    throw error;
  }
}

function isStream(response: Response): boolean {
  return response.ok && mediaType(response) === "text/event-stream";
}

function pauseBefore({ retryMs }: StreamCursor, failures: number): number {
  const growing = jittered(Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS));
  if (retryMs === undefined) return growing;
  return failures === 0 ? retryMs : Math.max(retryMs, growing);
}
