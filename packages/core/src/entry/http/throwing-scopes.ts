import { InsufficientScope } from "../../kernel/insufficient-scope.ts";
import type { ServerDispatch } from "../../server/dispatch.ts";

/**
 * Throws where a call lacks scopes, rather than say so in its outcome: HTTP answers that with a challenge of its
 * own, and an outcome's error loses its class on the way to the wire.
 */
export function throwingScopes(dispatch: ServerDispatch): ServerDispatch {
  return async (call, own) => {
    const outcome = await dispatch(call, own);
    if (outcome.kind === "error" && outcome.error instanceof InsufficientScope) throw outcome.error;
    return outcome;
  };
}
