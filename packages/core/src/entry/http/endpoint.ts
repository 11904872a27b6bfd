import { ReplayBudget } from "../../era/legacy/http-replay.ts";
import { ModernServer } from "../../era/modern/serve.ts";
import { CallLimit } from "../../kernel/call-limit.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { dispatch, masked, reporter, sealerOf } from "../../server/dispatch.ts";
import { corsHeaders, preflightHeaders } from "../../transport/http/cors.ts";
import type { StreamRules } from "../../transport/http/event-stream.ts";
import { ClientGone, type Exchange, HttpRefusal } from "../../transport/http/exchange.ts";
import type { Caller } from "../../transport/http/head.ts";
import { SiteGuard } from "../../transport/http/origins.ts";
import { errorAnswer, refusal, tooMany } from "../../transport/http/refusals.ts";
import { withHeaders } from "../../transport/http/with-headers.ts";
import { answerBeside } from "./beside.ts";
import { BodyBudget } from "./body-budget.ts";
import { ModernPosts } from "./modern-posts.ts";
import { HTTP_LIMITS, type HttpCounts, type HttpLimits, type HttpOptions } from "./options.ts";
import { type Place, placeOf } from "./places.ts";
import { SseEndpoint } from "./sse-endpoint.ts";
import { StreamableEndpoint } from "./streamable-endpoint.ts";
import { throwingScopes } from "./throwing-scopes.ts";

const NOBODY: Caller & { readonly refusal?: never } = {};
/** Most characters kept for clients that lost a connection, over all sessions. */
const REPLAY_CHARACTERS = 64 * 1024 * 1024;

/**
 * Serves a definition over HTTP, to clients of every revision at one address. Knows neither Node nor fetch: each
 * hands it exchanges.
 */
export class HttpEndpoint {
  readonly #options: HttpOptions;
  readonly #limits: HttpLimits;
  readonly #guard: SiteGuard;
  readonly #report: (error: unknown) => string;
  readonly #modern: ModernServer;
  readonly #streamable: StreamableEndpoint;
  readonly #sse: SseEndpoint;
  readonly #bodies: BodyBudget;
  #streams = 0;
  readonly #calls: CallLimit;
  /** Requests that are being answered, open streams included. */
  #requests = 0;
  #onIdle: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /** `newId` makes the ids of sessions, which must be unguessable. */
  constructor(
    definition: ServerDefinition,
    options: HttpOptions = {},
    newId: () => string = () => crypto.randomUUID(),
  ) {
    this.#options = options;
    this.#limits = { ...HTTP_LIMITS, ...options.limits };
    this.#calls = new CallLimit(this.#limits.calls);
    this.#guard = new SiteGuard(options);
    this.#bodies = new BodyBudget(this.#limits.heldBytes);
    this.#report = reporter(options);
    const sealer = options.sealer ?? sealerOf(definition);
    const run = throwingScopes(dispatch(definition, { ...options, sealer }));
    const streams = this.#streamRules();
    this.#modern = new ModernServer(definition, run, sealer);
    const posts = new ModernPosts(definition, this.#modern, this.#report, streams, this.#calls);
    const replay = new ReplayBudget(REPLAY_CHARACTERS);
    const host = {
      definition,
      dispatch: run,
      report: this.#report,
      streams,
      replay,
      calls: this.#calls,
      newId,
    };
    const { authenticator } = options;
    this.#streamable = new StreamableEndpoint(posts, host, this.#limits, authenticator);
    const beside = { ...options, sealer };
    this.#sse = new SseEndpoint(definition, beside, this.#limits, streams, this.#calls, newId);
  }

  /** What is open right now. */
  get counts(): HttpCounts {
    const sessions = this.#streamable.sessions + this.#sse.sessions;
    return { calls: this.#calls.running, sessions, streams: this.#streams };
  }

  /** Answers one request. Never rejects. */
  async handle(plain: Exchange): Promise<void> {
    const origin = plain.header("origin");
    const isForeign = origin !== undefined && !this.#guard.allowsOrigin(plain, origin);
    const mayRead = origin !== undefined && !isForeign;
    const exchange = mayRead ? withHeaders(plain, corsHeaders(origin)) : plain;
    try {
      const { routes } = this.#options;
      if (routes && this.#guard.allowsHostBeside(plain.header("host"))) {
        const answer = await answerBeside(routes, plain, { origin, isForeign });
        if (answer) return plain.answer(answer);
      }
      // basic/transports: MUST validate Origin on all connections; MUST answer an invalid one with 403.
      if (isForeign) {
        return plain.answer(
          refusal(403, "Pages of this Origin may not call; add it to the allowed origins."),
        );
      }
      await this.#handle(exchange);
    } catch (error) {
      if (error instanceof HttpRefusal) exchange.answer(error.answer);
      else if (!(error instanceof ClientGone)) {
        exchange.answer(errorAnswer(500, masked(this.#report(error))));
      }
    }
  }

  /**
   * Stops: no new calls, listen streams end with their result, running calls may finish within `graceMs`
   * (default 0), then the rest is aborted and every session ends. Idempotent: the first call decides.
   */
  close(graceMs = 0): Promise<void> {
    this.#closing ??= this.#shutDown(graceMs);
    return this.#closing;
  }

  async #shutDown(graceMs: number): Promise<void> {
    this.#streamable.stop();
    this.#modern.close();
    await Promise.all([this.#idle(graceMs), this.#sse.close(graceMs)]);
    this.#streamable.close(new Error("The server was shut down."));
    // What was aborted ends its exchange a turn later.
    await this.#idle(0);
  }

  #idle(graceMs: number): Promise<void> {
    if (this.#requests === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #handle(exchange: Exchange): Promise<void> {
    const { path, authenticator } = this.#options;
    if (!this.#guard.allowsHost(exchange.header("host"))) {
      return exchange.answer(
        refusal(403, "The server is not called by this Host; add it to the allowed hosts."),
      );
    }
    const place = placeOf(exchange.target, path);
    if (!place) return exchange.answer(refusal(404, "There is nothing at this path."));
    if (exchange.method === "OPTIONS" && exchange.header("origin") !== undefined) {
      return exchange.answer({ status: 204, headers: preflightHeaders(exchange) });
    }
    const who = authenticator ? await authenticator.authenticate(exchange) : NOBODY;
    if (who.refusal) return exchange.answer(who.refusal);
    await this.#admit(place, exchange, who);
  }

  /** Lets a request in, unless there are more than calls and streams can explain, and counts it while it is answered. */
  async #admit(place: Place, exchange: Exchange, caller: Caller): Promise<void> {
    const { calls, streams } = this.#limits;
    if (this.#requests >= calls + streams) return exchange.answer(tooMany("requests"));
    this.#requests++;
    try {
      await this.#bodies.spend(exchange, (counted) =>
        place === "endpoint"
          ? this.#streamable.handle(counted, caller)
          : this.#sse.handle(place, counted, caller),
      );
    } finally {
      this.#requests--;
      if (this.#requests === 0) this.#onIdle?.();
    }
  }

  #streamRules(): StreamRules {
    const { onCut = (reason: string) => console.warn(reason) } = this.#options;
    return {
      backlogBytes: this.#limits.backlogBytes,
      keepAliveMs: this.#limits.keepAliveMs,
      onCut,
      isFull: () => this.#streams >= this.#limits.streams,
      onOpen: () => {
        this.#streams++;
      },
      onClose: () => {
        this.#streams--;
      },
    };
  }
}
