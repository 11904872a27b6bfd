import { isObject, type JsonRpcRequest } from "../../jsonrpc/message.ts";
import { invalidParams, type RpcError } from "../../jsonrpc/rpc-error.ts";
import type { ClientFacts, Notice } from "../../kernel/call.ts";
import { LogLimit, OF_SESSION } from "../../kernel/log.ts";
import { PendingRequests, type Send } from "../../kernel/pending.ts";
import {
  ClientCapabilities,
  type Implementation,
  InitializeResult,
  isModern,
  isRevision,
  LATEST_LEGACY_REVISION,
  type LoggingLevel,
  META,
  project,
  type Revision,
} from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { Subscription } from "../../server/subscription.ts";
import { AnnouncedVisits } from "./visits.ts";

/** Most characters that are kept of what a client says of itself, for as long as its session. */
const MOST_SAID = 64 * 1024;

/** What an `initialize` handshake set up, and lasts until the connection or the session ends. */
export class Session {
  readonly revision: Revision;
  readonly client: ClientFacts;
  /** Requests to the client that wait for its answer. */
  readonly pending = new PendingRequests();
  readonly subscription: Subscription;
  readonly roots: KnownRoots;
  readonly visits: AnnouncedVisits;
  /** Bounds what all calls of the session log together. */
  readonly logLimit = new LogLimit(OF_SESSION);
  /** Before logging/setLevel the server decides (server/utilities/logging). */
  logLevel: LoggingLevel = "info";
  /** Set by notifications/initialized; nothing is announced before it (basic/lifecycle). */
  ready = false;

  /** @param send carries announcements that belong to no call */
  constructor(definition: ServerDefinition, opening: Opening, send: Send) {
    this.revision = opening.revision;
    this.client = factsOf(opening);
    this.roots = new KnownRoots(opening.capabilities);
    const announce = ({ method, params }: Notice) => {
      if (this.ready) send({ jsonrpc: "2.0", method, params });
    };
    this.visits = new AnnouncedVisits(definition, announce);
    this.subscription = new Subscription(definition, announce);
    for (const list of ["tools", "prompts", "resources"] as const) this.subscription.addList(list);
  }

  close(reason: Error): void {
    this.subscription.close();
    this.visits.close();
    this.pending.failAll(reason);
  }
}

/** The client's roots, kept for as long as it would tell us of a change. */
export class KnownRoots {
  readonly #announced: boolean;
  #known: Promise<JsonObject> | undefined;

  constructor({ roots }: ClientCapabilities) {
    // client/roots: a client that declares listChanged MUST notify when its roots change.
    this.#announced = roots?.listChanged === true;
  }

  /** The roots, asked for with `fetch` unless they are known. */
  get(fetch: () => Promise<JsonObject>): Promise<JsonObject> {
    if (!this.#announced) return fetch();
    // Who asked first may have been cancelled; that is no answer for the others.
    if (this.#known) return this.#known.catch(fetch);
    const asked = fetch();
    this.#known = asked;
    // One that is too long to keep is asked for again.
    const forget = () => this.#known === asked && this.forget();
    asked.then((roots) => JSON.stringify(roots).length > MOST_SAID && forget(), forget);
    return asked;
  }

  forget(): void {
    this.#known = undefined;
  }
}

/** What a client says when it opens a session, and the revision both will use. */
export interface Opening {
  readonly revision: Revision;
  readonly info: Implementation;
  readonly capabilities: ClientCapabilities;
}

/**
 * Reads an `initialize` request. Only what a session is built on has to be right: a client that words a
 * capability wrongly is a client without it, and no reason to refuse the connection.
 * @throws {RpcError} -32602 when a required field is missing or no value of its type, or all is too long
 */
export function readOpening(request: JsonRpcRequest): Opening {
  const { protocolVersion, capabilities, clientInfo } = request.params ?? {};
  if (typeof protocolVersion !== "string") {
    throw invalidParams("initialize needs params.protocolVersion, a string.");
  }
  if (!isObject(capabilities)) {
    throw invalidParams("initialize needs params.capabilities, an object.");
  }
  if (!isObject(clientInfo)) throw invalidParams("initialize needs params.clientInfo, an object.");
  for (const field of ["name", "version"]) {
    if (typeof clientInfo[field] === "string") continue;
    throw invalidParams(`initialize needs params.clientInfo.${field}, a string.`);
  }
  if (JSON.stringify([capabilities, clientInfo]).length > MOST_SAID) {
    throw invalidParams(
      `initialize takes ${MOST_SAID} characters of capabilities and clientInfo at most; leave out large icons.`,
    );
  }
  return {
    revision: agree(protocolVersion),
    info: clientInfo as unknown as Implementation,
    capabilities: capabilities as ClientCapabilities,
  };
}

// basic/lifecycle: MUST answer the requested version if supported, else another, SHOULD the newest.
function agree(requested: string): Revision {
  return isRevision(requested) && !isModern(requested) ? requested : LATEST_LEGACY_REVISION;
}

/** What `initialize` answers. */
export function initializeResult(definition: ServerDefinition, revision: Revision): JsonObject {
  const { info, capabilities, instructions } = definition;
  const result = {
    protocolVersion: revision,
    capabilities,
    serverInfo: info,
    ...(instructions !== undefined && { instructions }),
  };
  return project(InitializeResult, revision, result) as JsonObject;
}

const FORMS_ONLY: ClientCapabilities = { elicitation: { form: {} } };

/** What is known of the client. Its capabilities are read when somebody first looks, which no handshake needs. */
function factsOf(opening: Opening): ClientFacts {
  let capabilities: ClientCapabilities | undefined;
  return {
    info: opening.info,
    get capabilities() {
      capabilities ??= readCapabilities(opening);
      return capabilities;
    },
  };
}

/** What the client can be asked in the revision in use, whatever else it says it could. */
function readCapabilities({ revision, capabilities }: Opening): ClientCapabilities {
  const known = project(ClientCapabilities, revision, capabilities);
  const { elicitation } = known;
  // Clients of MCP Apps declare extensions in older revisions too.
  const { extensions } = capabilities;
  return {
    ...known,
    ...(isObject(extensions) && { extensions }),
    // Until 2025-06-18 `elicitation: {}` was all there was; since then it means form mode.
    ...(isObject(elicitation) && !elicitation.form && !elicitation.url && FORMS_ONLY),
  };
}

/**
 * The error for a request that needs a session when there is none. It may as well be one of 2026-07-28 that lacks
 * its metadata, which MUST be answered with -32602 (basic/index).
 */
export function notInitialized(method: string): RpcError {
  return invalidParams(
    `${method} came before initialize and without _meta["${META.protocolVersion}"]: send initialize first, or that metadata with each request.`,
  );
}
