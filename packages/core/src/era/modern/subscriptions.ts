import { isObject, type JsonRpcResponse } from "../../jsonrpc/message.ts";
import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import type { ListKind } from "../../kernel/changes.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import { META } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { Subscription } from "../../server/subscription.ts";
import { respond } from "./encode.ts";

const LISTS: Readonly<Record<string, ListKind>> = {
  toolsListChanged: "tools",
  promptsListChanged: "prompts",
  resourcesListChanged: "resources",
};

/**
 * Serves one `subscriptions/listen` until the client cancels it or `ended` aborts; then, and only then,
 * the stream has a result (basic/patterns/subscriptions: graceful closure).
 */
export async function listen(
  call: LiveCall,
  definition: ServerDefinition,
  ended: AbortSignal,
): Promise<JsonRpcResponse | undefined> {
  // basic/patterns/mrtr: no input can be asked for here; a source does with what is known of the caller.
  call.mayAsk = false;
  const tag = { [META.subscriptionId]: call.id };
  const waiting: { method: string; params: JsonObject }[] = [];
  let acknowledged = false;
  const deliver = (notice: { method: string; params: JsonObject }): void => {
    // MUST NOT notify before the acknowledgement.
    if (!acknowledged) waiting.push(notice);
    else call.emit({ method: notice.method, params: { ...notice.params, _meta: tag } });
  };
  const subscription = new Subscription(definition, deliver);
  try {
    const notifications = await subscribe(subscription, call);
    const params = { _meta: tag, notifications };
    call.emit({ method: "notifications/subscriptions/acknowledged", params });
    acknowledged = true;
    for (const notice of waiting.splice(0)) deliver(notice);
    await aborted(call.signal, ended);
  } finally {
    subscription.close();
  }
  if (call.cancelled) return undefined;
  return respond(call, definition, { resultType: "complete", _meta: tag });
}

/** Subscribes to what can be had of the filter; answers with that subset. */
async function subscribe(subscription: Subscription, call: LiveCall): Promise<JsonObject> {
  const filter = call.params.notifications;
  if (!isObject(filter)) throw invalidParams("notifications must be an object.");
  const honoured: JsonObject = {};
  for (const [key, list] of Object.entries(LISTS)) {
    if (filter[key] === true && subscription.addList(list)) honoured[key] = true;
  }
  const uris = filter.resourceSubscriptions;
  if (Array.isArray(uris) && subscription.takesResources) {
    honoured.resourceSubscriptions = await subscribeEach(subscription, uris as string[], call);
  }
  return honoured;
}

async function subscribeEach(
  subscription: Subscription,
  uris: string[],
  call: LiveCall,
): Promise<string[]> {
  const honoured: string[] = [];
  for (const uri of uris) {
    // The acknowledgement is where a client learns what was refused; one bad URI spoils no other.
    const added = subscription.addResource(uri, call).then(
      ({ kind }) => kind === "complete",
      () => false,
    );
    if (await added) honoured.push(uri);
  }
  return honoured;
}

function aborted(...signals: AbortSignal[]): Promise<void> {
  const any = AbortSignal.any(signals);
  if (any.aborted) return Promise.resolve();
  return new Promise((resolve) => any.addEventListener("abort", () => resolve(), { once: true }));
}
