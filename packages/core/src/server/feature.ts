import { Asking } from "../kernel/ask.ts";
import type { Call } from "../kernel/call.ts";
import type { Dispatch } from "../kernel/compose.ts";
import type { Outcome } from "../kernel/outcome.ts";
import type { Sealer } from "../kernel/seal.ts";
import type { ServerCapabilities } from "../protocol/index.ts";
import { CallContext, type Context } from "./context.ts";
import type { ToolOf } from "./extension.ts";

/** What a definition needs from whoever runs it. */
export interface Runtime {
  /** The whole dispatch, middleware included: how a tool reaches another. */
  readonly dispatch: Dispatch;
  /**
   * Puts around `handler` the middleware that observes, for what runs on after its request was answered. Like a
   * dispatch it never rejects: what is thrown becomes an outcome.
   */
  readonly observed: (handler: Dispatch) => Dispatch;
  readonly sealer: Sealer;
  /** Takes a bug that was masked on the wire; returns the reference the caller was given. */
  readonly report: (error: unknown) => string;
}

/** Answers one method. */
export type Handler = (call: Call, runtime: Runtime) => Promise<Outcome>;

/** One group of methods a server offers, and the capability that says so. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Finds the tool a `tools/call` is for. @throws {RpcError} -32602 when there is none */
  readonly toolOf?: ToolOf;
}

/** The capability of a list: whether clients may hear that it changed. */
export function listed(changes: boolean): { listChanged?: true } {
  return changes ? { listChanged: true } : {};
}

/** One run of `call`'s handler: it may ask what the client declared, where the method may ask at all. */
export function askingOf({ answers, mayAsk, client }: Call): Asking {
  return new Asking(answers, mayAsk ? client.capabilities : {});
}

/** A handler whose author gets a {@link Context}: it may ask the client, and is then entered again. */
export function withContext<Deps>(
  deps: Deps,
  answer: (ctx: Context<Deps>, call: Call, runtime: Runtime) => Promise<object>,
): Handler {
  return (call, runtime) => {
    const asking = askingOf(call);
    const ctx = new CallContext(deps, call, asking, runtime.dispatch);
    return asking.run(() => answer(ctx, call, runtime));
  };
}
