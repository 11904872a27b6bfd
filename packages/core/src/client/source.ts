import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import { Changes } from "../kernel/changes.ts";
import { complete } from "../kernel/outcome.ts";
import { ResourceNotFound } from "../kernel/unknown.ts";
import {
  declares,
  MCP_ERROR,
  META,
  METHODS,
  type RequestRow,
  type ServerCapabilities,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { cacheHints, FRESH } from "../server/cache-hints.ts";
import type { Handler } from "../server/feature.ts";
import type { Source, Unwatch } from "../server/source.ts";
import type { Client } from "./client.ts";
import type { Subscription } from "./subscription.ts";

/** What is passed on to the server behind a client; the rest of the protocol is between each two ends. */
const PASSED_ON = [
  "tools/list",
  "tools/call",
  "prompts/list",
  "prompts/get",
  "resources/list",
  "resources/templates/list",
  "resources/read",
  "completion/complete",
] as const;

/**
 * What the server behind a connected client offers, for `mount`. What that server asks is answered by the handlers
 * `client` was connected with, not by whoever calls. Closing the source closes the client.
 * @throws what the server answered when it could not be asked what it offers
 */
export async function clientSource(client: Client): Promise<Source> {
  if (!client.server.capabilities) await client.ping();
  const capabilities = client.server.capabilities ?? {};
  const changes = new Changes();
  const { tools, prompts, resources } = capabilities;
  const lists = {
    ...(tools?.listChanged && { tools: true }),
    ...(prompts?.listChanged && { prompts: true }),
    ...(resources?.listChanged && { resources: true }),
  };
  if (Object.keys(lists).length > 0) void forward(await client.subscribe(lists), changes);
  return {
    capabilities: offered(capabilities),
    handlers: new Map(
      PASSED_ON.filter((method) => has(capabilities, method)).map((method) => [
        method,
        passOn(client, method),
      ]),
    ),
    changes,
    cache: cacheHints({ tools: false, prompts: false }, { "resources/templates/list": FRESH }),
    watch: (uri, changed, { signal }) => watch(client, uri, changed, signal),
    close: () => client.close(),
  };
}

function offered({ tools, prompts, resources, completions }: ServerCapabilities) {
  return {
    ...(tools && { tools }),
    ...(prompts && { prompts }),
    ...(resources && { resources }),
    ...(completions && { completions }),
  };
}

function has(capabilities: ServerCapabilities, method: (typeof PASSED_ON)[number]): boolean {
  const { gate } = METHODS[method] as RequestRow;
  return !gate?.server || declares(capabilities, gate.server);
}

/** Lasts as long as the subscription, which a restarted server is told of again. */
async function forward(changed: Subscription, changes: Changes): Promise<void> {
  try {
    for await (const change of changed) {
      if (change.kind === "list") changes.listChanged(change.list);
    }
  } catch {
    // The connection is over; the next call says why.
  }
}

function passOn(client: Client, method: string): Handler {
  return async (call, { report }) => {
    const { signal, progress } = call;
    try {
      const result = await client.request(method, paramsOf(call), {
        signal,
        onProgress: progress && ((one) => progress(one.progress, one.total, one.message)),
      });
      return complete(resultOf(result));
    } catch (error) {
      throw errorOf(error, call, report);
    }
  };
}

/** The caller's own metadata stays here: capabilities, tokens and identity are not the next server's business. */
function paramsOf({ params, trace }: Call): JsonObject {
  const { _meta, inputResponses, requestState, ...own } = params;
  return trace ? { ...own, _meta: { ...trace } } : own;
}

function resultOf({ _meta, resultType, ...result }: JsonObject): JsonObject {
  const { [META.serverInfo]: _, ...meta } = (_meta ?? {}) as JsonObject;
  return Object.keys(meta).length > 0 ? { ...result, _meta: meta } : result;
}

function errorOf(error: unknown, { method, params }: Call, report: (error: unknown) => string) {
  if (!(error instanceof RpcError)) {
    // What went wrong on the way to another server may name programs and paths of this machine.
    const reference = report(error);
    return new RpcError(
      JSON_RPC.internalError,
      `The server behind this one did not answer (reference ${reference}).`,
    );
  }
  const isMissing =
    error.code === MCP_ERROR.resourceNotFound || error.code === JSON_RPC.invalidParams;
  return method === "resources/read" && isMissing
    ? new ResourceNotFound(String(params.uri))
    : error;
}

/** Watches through a subscription of its own; nothing where the server does not agree to it. */
async function watch(
  client: Client,
  uri: string,
  changed: () => void,
  signal: AbortSignal,
): Promise<Unwatch | undefined> {
  if (!client.server.capabilities?.resources?.subscribe) return undefined;
  const subscription = await client.subscribe({ uris: [uri] });
  if (!subscription.granted.uris?.includes(uri) || signal.aborted) {
    subscription.close();
    return undefined;
  }
  void (async () => {
    try {
      for await (const _ of subscription) changed();
    } catch {
      // The connection is over: nothing can be heard any more.
    }
  })();
  return () => subscription.close();
}
