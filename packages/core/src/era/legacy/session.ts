import type { JsonRpcRequest } from "../../jsonrpc/message.ts";
import { invalidParams, JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import type { ClientFacts, Notice, Principal } from "../../kernel/call.ts";
import { PendingRequests, type Send } from "../../kernel/pending.ts";
import {
  type ClientCapabilities,
  type Implementation,
  InitializeRequestParams,
  InitializeResult,
  isModern,
  isRevision,
  LATEST_LEGACY_REVISION,
  type LoggingLevel,
  project,
  type Revision,
  schemaFor,
} from "../../protocol/index.ts";
import { compile } from "../../schema/compile.ts";
import { describeIssues } from "../../schema/issue.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { Subscription } from "../../server/subscription.ts";

/** What an `initialize` handshake set up, and lasts until the connection or the session ends. */
export class Session {
  readonly revision: Revision;
  readonly client: ClientFacts;
  readonly principal: Principal | undefined;
  /** Requests to the client that wait for its answer. */
  readonly pending = new PendingRequests();
  readonly subscription: Subscription;
  readonly roots: KnownRoots;
  /** Before logging/setLevel the server decides (server/utilities/logging). */
  logLevel: LoggingLevel = "info";
  /** Set by notifications/initialized; nothing is announced before it (basic/lifecycle). */
  ready = false;

  /** @param send carries announcements that belong to no call */
  constructor(
    definition: ServerDefinition,
    opening: Opening,
    send: Send,
    principal: Principal | undefined,
  ) {
    this.revision = opening.revision;
    this.client = { info: opening.info, capabilities: normalise(opening.capabilities) };
    this.principal = principal;
    this.roots = new KnownRoots(opening.capabilities);
    this.subscription = new Subscription(definition, ({ method, params }: Notice) => {
      if (this.ready) send({ jsonrpc: "2.0", method, params });
    });
    for (const list of ["tools", "prompts", "resources"] as const) this.subscription.addList(list);
  }

  close(reason: Error): void {
    this.subscription.close();
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
    const asked = this.#known ?? fetch();
    this.#known = asked;
    asked.catch(() => this.forget());
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
 * Reads an `initialize` request.
 * @throws {RpcError} -32602 when its params are malformed
 */
export function readOpening(request: JsonRpcRequest): Opening {
  const params = request.params ?? {};
  const { protocolVersion } = params;
  if (typeof protocolVersion !== "string") {
    throw invalidParams("initialize needs params.protocolVersion, a string.");
  }
  const revision = agree(protocolVersion);
  const issues = compile(schemaFor(InitializeRequestParams, revision))(params);
  if (issues) throw invalidParams(`Invalid params: ${describeIssues(issues)}`);
  return {
    revision,
    info: params.clientInfo as unknown as Implementation,
    capabilities: params.capabilities as ClientCapabilities,
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

/** Until 2025-06-18 `elicitation: {}` was all there was; since then it means form mode. */
function normalise(capabilities: ClientCapabilities): ClientCapabilities {
  const { elicitation } = capabilities;
  if (!elicitation || elicitation.form || elicitation.url) return capabilities;
  return { ...capabilities, elicitation: { form: {} } };
}

/** The error for a request that needs a session when there is none. */
export function notInitialized(method: string): RpcError {
  return new RpcError(
    JSON_RPC.invalidRequest,
    `${method} before initialize: send initialize first, or a request of revision 2026-07-28 with its own _meta.`,
  );
}
