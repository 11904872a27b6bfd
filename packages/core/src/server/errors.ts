import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import { visit } from "../kernel/questions.ts";
import type { ContentBlock, InputRequest } from "../protocol/index.ts";
import { MCP_ERROR } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";

/** What goes with a tool's error. */
export interface ToolErrorOptions extends ErrorOptions {
  /** Content after the message, such as that it quotes what somebody else wrote. */
  readonly notes?: readonly ContentBlock[];
  /** The result's `_meta`. */
  readonly meta?: JsonObject;
}

/**
 * What a tool tells the model when it cannot do as asked: say what was wrong and what to do next.
 * Becomes a result with `isError`, so the model reads it (server/tools: error handling).
 */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly notes: readonly ContentBlock[];
  readonly meta: JsonObject | undefined;

  /** @param message one sentence, which is the first text of the result */
  constructor(message: string, options: ToolErrorOptions = {}) {
    super(message, options);
    this.notes = options.notes ?? [];
    this.meta = options.meta;
  }
}

/** A tool's arguments break its input schema. Each revision has its own way to say so. */
export class InvalidArguments extends RpcError {
  constructor(message: string) {
    super(JSON_RPC.invalidParams, message);
  }
}

/** A page the user must visit before a call can be served. */
export interface Visit {
  /** Names the visit; hand it to `Changes.elicitationCompleted` when the user is done there. */
  readonly id: string;
  readonly url: string;
  /** Why the user should go there, in the user's words. */
  readonly message: string;
}

/**
 * The call can only be served once the user has been to some pages, and the handler does not wait: it will
 * look again when it is called again. A client of 2025-11-25 gets the error -32042, which the protocol
 * has for this; a newer one is asked to go there and call again, as with `elicitUrl`.
 */
export class VisitRequired extends RpcError {
  readonly visits: readonly Visit[];

  constructor(message: string, visits: readonly Visit[]) {
    const elicitations = visits.map((one) => visitRequest(one).params) as unknown as JsonObject[];
    super(MCP_ERROR.urlElicitationRequired, message, { elicitations });
    this.visits = visits;
  }

  /** The same as questions, by the ids of the visits. */
  get requests(): ReadonlyMap<string, InputRequest> {
    return new Map(this.visits.map((one) => [one.id, visitRequest(one)]));
  }
}

function visitRequest({ message, url, id }: Visit): InputRequest {
  return visit(message, url, id);
}
