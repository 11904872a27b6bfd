import type { Principal } from "../../kernel/call.ts";

/** What came before the body of an HTTP request; the same from a fetch handler and from `node:http`. */
export interface HttpHead {
  readonly method: string;
  /** Path and query, as the client sent them. */
  readonly target: string;
  /** Scheme and authority under which the client reached this server, without a slash at its end. */
  readonly origin: string;
  /** Address of the peer, where the runtime knows it. */
  readonly peer?: string | undefined;
  /** The value of a header, whatever case its name was sent in. */
  header(name: string): string | undefined;
}

/** A whole answer: everything HTTP says that is not a stream. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Who asks, or the answer that refuses them. */
export type Authentication =
  | {
      readonly principal: Principal;
      /**
       * When what established the caller ends, in milliseconds since the epoch: streams that last end then, and
       * the caller opens them again with something newer. Default: it does not end.
       */
      readonly expiresAt?: number | undefined;
      readonly refusal?: never;
    }
  | { readonly refusal: HttpAnswer; readonly principal?: never; readonly expiresAt?: never };

/** What is known of who asks: nothing where everybody may. */
export interface Caller {
  readonly principal?: Principal | undefined;
  /** As {@link Authentication} has it. */
  readonly expiresAt?: number | undefined;
}

/**
 * Establishes who sends a request, before anything of its body is acted on. It stands around the HTTP handler
 * rather than in the middleware, because it answers in HTTP: a status and a challenge.
 */
export interface Authenticator {
  authenticate(head: HttpHead): Authentication | Promise<Authentication>;
  /** Refuses a request whose caller was established but lacks `scopes` (403, basic/authorization: step-up). */
  insufficientScope(scopes: readonly string[], head: HttpHead): HttpAnswer;
}

/** Answers what is not MCP itself on the same server: metadata documents, health; undefined for what is not its own. */
export type HttpRoute = (
  head: HttpHead,
) => HttpAnswer | undefined | Promise<HttpAnswer | undefined>;
