import { isObject } from "../../jsonrpc/message.ts";
import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { type ElicitRequestURLParams, MCP_ERROR } from "../../protocol/index.ts";
import type { JsonObject, JsonValue } from "../../schema/json-schema.ts";
import type { Exchange } from "../client-era.ts";

/** The user must visit pages before the server can serve the request (2025-11-25, code -32042). */
export class UrlElicitationRequired extends RpcError {
  /** The pages, in the server's order. */
  readonly elicitations: readonly ElicitRequestURLParams[];

  constructor(message: string, data: JsonValue, elicitations: readonly ElicitRequestURLParams[]) {
    super(MCP_ERROR.urlElicitationRequired, message, data);
    this.elicitations = elicitations;
  }
}

/**
 * One request, one answer: a legacy server asks by requests of its own. Only when it demands visits to
 * pages first, and the client can arrange them, is the request sent a second time.
 * @throws {UrlElicitationRequired} when the pages were not visited, or did not help
 */
export async function exchange(exchange: Exchange): Promise<JsonObject> {
  try {
    return await exchange.send(exchange.params);
  } catch (error) {
    const required = urlElicitationRequired(error);
    if (required === undefined) throw error;
    await visitAll(required, exchange);
  }
  try {
    return await exchange.send(exchange.params);
  } catch (error) {
    throw urlElicitationRequired(error) ?? error;
  }
}

/** Arranges every visit. How long to wait for the user to be done is the host's to decide: it accepts then. */
async function visitAll(
  required: UrlElicitationRequired,
  { opensPages, answer, signal }: Exchange,
): Promise<void> {
  if (!opensPages) throw required;
  for (const elicitation of required.elicitations) {
    signal.throwIfAborted();
    const { action } = await answer("elicitation/create", elicitation as JsonObject, signal);
    if (action !== "accept") throw required;
  }
}

function urlElicitationRequired(error: unknown): UrlElicitationRequired | undefined {
  if (!(error instanceof RpcError) || error.code !== MCP_ERROR.urlElicitationRequired) return;
  const { data } = error;
  if (!isObject(data) || !Array.isArray(data.elicitations)) return;
  // Some servers leave out the mode, which the code already tells.
  const elicitations = data.elicitations
    .filter((each) => isObject(each) && typeof each.url === "string")
    .map((each) => ({ message: error.message, ...(each as JsonObject), mode: "url" }));
  return new UrlElicitationRequired(
    error.message,
    data,
    elicitations as unknown as ElicitRequestURLParams[],
  );
}
