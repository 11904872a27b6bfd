import { RpcError } from "../jsonrpc/rpc-error.ts";
import { ConnectionClosed, RequestTimeout, type WaitOptions } from "../kernel/pending.ts";
import { isModern, type Revision } from "../protocol/index.ts";
import { HttpError } from "../transport/http/client-errors.ts";
import {
  type ClientEra,
  type EraName,
  type Introduction,
  InvalidResponse,
  type ServerFacts,
  type Wire,
} from "./client-era.ts";
import { hasBatches } from "./legacy/batch.ts";
import { encode as encodeLegacy } from "./legacy/client-encode.ts";
import { exchange as exchangeLegacy } from "./legacy/client-input.ts";
import { learn as learnLegacy, open as openLegacy } from "./legacy/client-open.ts";
import { listener as legacyListener } from "./legacy/client-subscriptions.ts";
import { encode as encodeModern } from "./modern/client-encode.ts";
import { exchange as exchangeModern } from "./modern/client-input.ts";
import {
  isModernError,
  learn as learnModern,
  mutualRevision,
  NoCommonRevision,
  open as openModern,
  unasked,
} from "./modern/client-open.ts";
import { listener as modernListener } from "./modern/client-subscriptions.ts";

/** How a client speaks each era. */
export const CLIENT_ERAS: Readonly<Record<EraName, ClientEra>> = {
  legacy: {
    answersRequests: true,
    hasBatches,
    aliveMethod: "ping",
    encode: encodeLegacy,
    exchange: exchangeLegacy,
    learn: learnLegacy,
    mutualRevision: () => undefined,
    listener: legacyListener,
  },
  modern: {
    answersRequests: false,
    hasBatches: () => false,
    aliveMethod: "server/discover",
    encode: encodeModern,
    exchange: exchangeModern,
    learn: learnModern,
    mutualRevision,
    listener: modernListener,
  },
};

/** What was learned of a server, worth keeping for the next connection to it. */
export interface RememberedEra {
  readonly era: EraName;
  readonly revision: Revision;
}

/** How to find out which era a server speaks. */
export interface EraChoice {
  /** `auto` asks the server; the other two are taken for granted. */
  readonly era: EraName | "auto";
  /** The only revision to use. */
  readonly revision?: Revision | undefined;
  readonly remembered?: RememberedEra | undefined;
}

/** True when a server is asked for its era with a first message that legacy ones do not know. */
export function probes({ era, revision, remembered }: EraChoice): boolean {
  return era === "auto" && revision === undefined && remembered?.era !== "legacy";
}

/**
 * How long, in milliseconds, a server may ponder the modern question before it is asked the legacy one
 * as well. Old servers may leave a method they do not know unanswered.
 */
const PROBE_ALONE_MS = 3000;

/**
 * Opens a connection in the era the server speaks.
 * @throws what went wrong last, when the server speaks neither
 */
export async function meet(
  wire: Wire,
  introduction: Introduction,
  choice: EraChoice,
  wait: WaitOptions,
): Promise<ServerFacts> {
  const { remembered } = choice;
  const pinned = choice.revision;
  const pinnedLegacy = pinned !== undefined && !isModern(pinned);
  if (choice.era === "modern") return unasked(pinned);
  if (choice.era === "legacy" || pinnedLegacy) return openLegacy(wire, introduction, pinned, wait);
  if (pinned !== undefined) return openModern(wire, introduction, pinned, wait);
  if (remembered?.era === "legacy") {
    try {
      return await openLegacy(wire, introduction, undefined, wait);
    } catch (error) {
      // 2026-07-28 basic/versioning: what was cached is probed again when it fails.
      if (error instanceof ConnectionClosed || wait.signal?.aborted) throw error;
    }
  }
  return probe(wire, introduction, wait);
}

/** Asks `server/discover` first, and falls back to `initialize` on anything but a sign of a modern server. */
async function probe(
  wire: Wire,
  introduction: Introduction,
  wait: WaitOptions,
): Promise<ServerFacts> {
  const undecided = new AbortController();
  const signal = wait.signal ? AbortSignal.any([wait.signal, undecided.signal]) : undecided.signal;
  const modern = openModern(wire, introduction, undefined, { ...wait, signal });
  try {
    const early = await settledWithin(modern, wire.answersEach ? Infinity : PROBE_ALONE_MS);
    if (early?.status === "fulfilled") return early.value;
    if (early && !mayBeLegacy(early.reason, wait)) throw early.reason;
    const legacy = openLegacy(wire, introduction, undefined, { ...wait, signal });
    return await firstToOpen(modern, legacy);
  } finally {
    undecided.abort(DECIDED);
  }
}

const DECIDED = new Error("The server has shown which era it speaks.");

/** Statuses of HTTP that say nothing of the era: who calls is not known, or the server is busy or out of reach. */
const NOT_OF_THE_ERA: readonly number[] = [401, 403, 407, 429, 502, 503, 504];

function mayBeLegacy(error: unknown, { signal }: WaitOptions): boolean {
  if (signal?.aborted || isModernError(error)) return false;
  if (error instanceof HttpError) {
    return error.status >= 400 && !NOT_OF_THE_ERA.includes(error.status);
  }
  // Anything else, such as what a signer of requests throws, is not the server's answer.
  return [RpcError, InvalidResponse, NoCommonRevision, RequestTimeout].some(
    (answer) => error instanceof answer,
  );
}

/** A slow modern server still answers the first question; a legacy one only the second. */
async function firstToOpen(
  modern: Promise<ServerFacts>,
  legacy: Promise<ServerFacts>,
): Promise<ServerFacts> {
  try {
    return await Promise.any([modern, legacy]);
  } catch (failure) {
    const [asked, initialized] = (failure as AggregateError).errors;
    throw isModernError(asked) ? asked : initialized;
  }
}

async function settledWithin<T>(
  promise: Promise<T>,
  milliseconds: number,
): Promise<PromiseSettledResult<T> | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), Math.min(milliseconds, 2 ** 31 - 1));
  const [settled] = await Promise.race([
    Promise.allSettled([promise]),
    late.promise.then(() => []),
  ]);
  clearTimeout(timer);
  return settled;
}
