import { JSON_RPC, methodNotFound, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import { compose, type Dispatch, type Middleware } from "../kernel/compose.ts";
import { failed, type Outcome } from "../kernel/outcome.ts";
import { createSealer, type Sealer } from "../kernel/seal.ts";
import { rowFor } from "../protocol/index.ts";
import { checkParams } from "./check-params.ts";
import type { ServerDefinition } from "./definition.ts";
import type { Runtime } from "./feature.ts";

/** What runs around a definition. */
export interface DispatchOptions {
  /** Steps around every call, first one outermost. */
  readonly middleware?: readonly Middleware[];
  /**
   * Keeps cursors and request state from being read or forged. Default: one for each definition, with a key
   * that lasts as long as the process; replicas need one they share.
   */
  readonly sealer?: Sealer;
  /**
   * Takes a bug that the caller only learns a reference of. Default: `console.error`.
   * @param reference what the caller was given
   */
  readonly onError?: (error: unknown, reference: string) => void;
}

/**
 * Answers calls for a definition. It always resolves to an outcome, never rejects.
 * @param own answers instead of the definition, inside the same middleware: for what a session or a stream
 *   answers by itself
 */
export type ServerDispatch = (call: Call, own?: Dispatch) => Promise<Outcome>;

/**
 * Makes the function that answers calls for `definition`. It has no socket, timer or session: whoever
 * calls it brings those.
 */
export function dispatch(
  definition: ServerDefinition,
  options: DispatchOptions = {},
): ServerDispatch {
  const { middleware = [], sealer = sealerOf(definition) } = options;
  const report = reporter(options);
  const observers = middleware.filter(({ observes }) => observes);
  const runtime: Runtime = {
    dispatch: (call) => whole(call),
    observed: (handler) => around(observers, handler),
    sealer,
    report,
  };
  const around = (steps: readonly Middleware[], handler: Dispatch): Dispatch => {
    const inner = guard(handler, report);
    // Middleware sees failures as outcomes, and its own are guarded as well.
    return steps.length === 0 ? inner : guard(compose(steps, inner), report);
  };
  const whole = around(middleware, core(definition, runtime));
  return (call, own) => (own ? around(middleware, own)(call) : whole(call));
}

const sealers = new WeakMap<ServerDefinition, Sealer>();

/** The sealer of a definition that was given none: the same on all of its connections. */
export function sealerOf(definition: ServerDefinition): Sealer {
  const known = sealers.get(definition) ?? createSealer();
  sealers.set(definition, known);
  return known;
}

/** Makes what takes a bug and returns the reference under which it was reported. */
export function reporter({ onError = logError }: DispatchOptions): (error: unknown) => string {
  return (error) => {
    const reference = crypto.randomUUID().slice(0, 8);
    onError(error, reference);
    return reference;
  };
}

/** What the caller is told of a bug: that there was one, and under which reference it was reported. */
export function masked(reference: string): RpcError {
  return new RpcError(JSON_RPC.internalError, `Internal error (reference ${reference}).`);
}

/** Finds the handler of a call. What it throws is for {@link guard}. */
function core(definition: ServerDefinition, runtime: Runtime): Dispatch {
  return (call) => {
    const row = rowFor(definition.methods, call.method, call.revision);
    const handler = definition.handlers.get(call.method);
    if (row?.kind !== "request" || !handler) throw methodNotFound(call.method);
    checkParams(row, call);
    return handler(call, runtime);
  };
}

/** Turns what is thrown into an outcome: errors for the peer as they are, bugs behind a reference. */
function guard(inner: Dispatch, report: (error: unknown) => string): Dispatch {
  return async (call) => {
    try {
      return await inner(call);
    } catch (error) {
      if (error instanceof RpcError) return failed(error);
      if (call.signal.aborted) return failed(new RpcError(JSON_RPC.internalError, "Cancelled."));
      return failed(masked(report(error)));
    }
  };
}

function logError(error: unknown, reference: string): void {
  console.error(`Internal error (reference ${reference}):`, error);
}
