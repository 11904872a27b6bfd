import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { MESSAGE_LIMITS } from "../../jsonrpc/codec.ts";
import type { Principal } from "../../kernel/call.ts";
import type { Authenticator, Caller, HttpAnswer, HttpHead } from "../http/head.ts";
import { SiteGuard, type SiteRules } from "../http/origins.ts";
import { refusal } from "../http/refusals.ts";
import type { Transport } from "../transport.ts";
import { Heartbeat } from "./heartbeat.ts";
import { NodeSocket } from "./node-socket.ts";
import { type OpenSocket, SUBPROTOCOL } from "./socket.ts";
import { type WebSocketBounds, WebSocketTransport } from "./transport.ts";
import { Unfinished } from "./unfinished.ts";
import { answerUpgrade, headOf } from "./upgrade-request.ts";
import { loadWs } from "./ws.ts";

/** A server of `node:http` or `node:https`, or anything that asks for upgrades as they do. */
export type UpgradeSource = Pick<Server, "on" | "off" | "listenerCount">;

/** Who may open a WebSocket, where, and what it may cost. */
export interface UpgradeOptions extends WebSocketBounds, SiteRules {
  /** The path clients connect to. Default `/mcp`. */
  readonly path?: string;
  /** Establishes who connects. Without one everybody may. */
  readonly authenticator?: Authenticator;
  /** Milliseconds between two pings; a peer that answered none meanwhile is dropped. Default 30 seconds. */
  readonly pingMs?: number;
  /** Most connections at once; the next is refused with 503. Default 10,000. */
  readonly connections?: number;
  /** Most connections of one authenticated caller; the next is refused with 429. Default 100. */
  readonly connectionsPerPrincipal?: number;
  /** Bytes of messages that have not arrived whole, of all connections together. Default 128 MiB. */
  readonly heldBytes?: number;
}

/** Where connections go, and bugs. */
export interface UpgradeSink {
  /** Takes a new connection, not started yet, of a caller the authenticator knows. Start it at once. */
  connected(transport: Transport, caller: Caller): void;
  /** Takes what went wrong on the way to a connection. */
  failed(error: unknown): void;
}

/** Turns the upgrade requests of an HTTP server into connections. */
export class Upgrades {
  readonly #source: UpgradeSource;
  readonly #options: UpgradeOptions;
  readonly #path: string;
  readonly #most: number;
  readonly #guard: SiteGuard;
  readonly #sink: UpgradeSink;
  readonly #sockets = new Set<WebSocket>();
  readonly #perPrincipal = new Map<string, number>();
  readonly #heartbeat: Heartbeat;
  readonly #unfinished: Unfinished;
  #library: Promise<WebSocketServer> | undefined;
  #stopped = false;

  constructor(source: UpgradeSource, options: UpgradeOptions, sink: UpgradeSink) {
    const { path = "/mcp", connections = 10_000, pingMs } = options;
    this.#source = source;
    this.#options = options;
    this.#path = path;
    this.#most = connections;
    this.#guard = new SiteGuard(options);
    this.#sink = sink;
    this.#heartbeat = new Heartbeat(this.#sockets, pingMs);
    this.#unfinished = new Unfinished(options.heldBytes ?? 128 * 1024 * 1024);
    source.on("upgrade", this.#upgrade);
  }

  /** How many connections are open. */
  get open(): number {
    return this.#sockets.size;
  }

  /** Refuses new connections from now on; those that are open live on. */
  stop(): void {
    this.#stopped = true;
  }

  /** Gives the server back. */
  detach(): void {
    this.#heartbeat.stop();
    this.#source.off("upgrade", this.#upgrade);
  }

  readonly #upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // A peer that breaks off meanwhile is no error of ours.
    socket.on("error", () => socket.destroy());
    if (request.url?.split("?", 1)[0] !== this.#path) {
      // Somebody else's, unless nobody else listens.
      if (this.#source.listenerCount("upgrade") > 1) return;
      return answerUpgrade(socket, refusal(404, "There is no WebSocket at this path."));
    }
    this.#accept(request, socket, head).catch((error) => {
      this.#sink.failed(error);
      answerUpgrade(socket, refusal(500, "The WebSocket could not be opened."));
    });
  };

  async #accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const asked = headOf(request);
    const refused = this.#refusal(asked);
    if (refused) return answerUpgrade(socket, refused);
    const who = await this.#authenticate(asked);
    if ("status" in who) return answerUpgrade(socket, who);
    const full = this.#fullFor(who);
    if (full) return answerUpgrade(socket, full);
    const library = await this.#load();
    if (this.#stopped) return answerUpgrade(socket, shuttingDown());
    library.handleUpgrade(request, socket, head, (web) => {
      this.#unfinished.watch(web, socket);
      this.#connect(web, who);
    });
  }

  #refusal(head: HttpHead): HttpAnswer | undefined {
    // basic/transports: MUST validate Origin, and answer an invalid one with 403.
    const origin = head.header("origin");
    if (origin !== undefined && !this.#guard.allowsOrigin(head, origin)) {
      return refusal(403, "Pages of this Origin may not connect; add it to the allowed origins.");
    }
    if (!this.#guard.allowsHost(head.header("host"))) {
      return refusal(403, "The server is not called by this Host; add it to the allowed hosts.");
    }
    if (this.#stopped) return shuttingDown();
    const offered = head.header("sec-websocket-protocol")?.split(/\s*,\s*/) ?? [];
    if (!offered.includes(SUBPROTOCOL)) {
      return refusal(400, `Offer the WebSocket subprotocol "${SUBPROTOCOL}".`);
    }
    if (this.#sockets.size < this.#most) return undefined;
    return refusal(503, "Too many connections are open; try again later.", { "Retry-After": "5" });
  }

  async #authenticate(head: HttpHead): Promise<Caller | HttpAnswer> {
    const who = await this.#options.authenticator?.authenticate(head);
    return who?.refusal ?? who ?? {};
  }

  #fullFor({ principal }: Caller): HttpAnswer | undefined {
    const { connectionsPerPrincipal: most = 100 } = this.#options;
    if (principal === undefined || this.#connectionsOf(principal) < most) return undefined;
    const message = `You have ${most} connections open already; close one first.`;
    return refusal(429, message, { "Retry-After": "5" });
  }

  #connectionsOf({ id }: Principal): number {
    return this.#perPrincipal.get(id) ?? 0;
  }

  #count(principal: Principal, change: number): void {
    const count = this.#connectionsOf(principal) + change;
    if (count === 0) this.#perPrincipal.delete(principal.id);
    else this.#perPrincipal.set(principal.id, count);
  }

  #load(): Promise<WebSocketServer> {
    const { limits = MESSAGE_LIMITS } = this.#options;
    this.#library ??= loadWs().then(
      ({ WebSocketServer }) =>
        new WebSocketServer({
          noServer: true,
          clientTracking: false,
          maxPayload: limits.bytes,
          // Compression costs a megabyte a connection and lets small frames become huge ones.
          perMessageDeflate: false,
          handleProtocols: () => SUBPROTOCOL,
        }),
    );
    return this.#library;
  }

  #connect(web: WebSocket, caller: Caller): void {
    const { principal } = caller;
    this.#sockets.add(web);
    if (principal) this.#count(principal, 1);
    web.once("close", () => {
      this.#sockets.delete(web);
      if (principal) this.#count(principal, -1);
    });
    this.#heartbeat.watch(web);
    const open: OpenSocket = (events) => new NodeSocket(web, events);
    const transport = new WebSocketTransport({ open, pauses: true }, this.#options);
    this.#sink.connected(transport, caller);
  }
}

function shuttingDown(): HttpAnswer {
  return refusal(503, "The server is shutting down; connect again later.", { "Retry-After": "5" });
}
