import type { Call } from "./call.ts";
import type { Outcome } from "./outcome.ts";

/** Takes a call to its outcome. Rejects only on a bug. */
export type Dispatch = (call: Call) => Promise<Outcome>;

/**
 * A step around every call: may look, change, refuse or answer by itself. The same type serves server,
 * client and gateway. To hand on a changed call use `derivedCall`: a spread one has lost its signal and its log.
 */
export interface Middleware {
  (call: Call, next: Dispatch): Promise<Outcome>;
  /** True for a step that only watches: it also surrounds each run of a call that goes on after it was answered. */
  readonly observes?: true;
}

/**
 * Wraps `handler` in `middleware`, first one outermost.
 * @throws when a middleware calls `next` twice, which would run the handler twice for one request
 */
export function compose(middleware: readonly Middleware[], handler: Dispatch): Dispatch {
  return middleware.reduceRight<Dispatch>(
    (next, step) => (call) => step(call, onceOnly(next)),
    handler,
  );
}

function onceOnly(next: Dispatch): Dispatch {
  let called = false;
  return async (call) => {
    if (called) throw new Error("A middleware called next() twice for one request.");
    called = true;
    return next(call);
  };
}
