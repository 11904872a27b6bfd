import { isObject, type RequestId } from "../../jsonrpc/message.ts";
import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import type { Call, Notice } from "../../kernel/call.ts";
import type { ListKind } from "../../kernel/changes.ts";
import { complete, type Outcome } from "../../kernel/outcome.ts";
import { META } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { Subscription } from "../../server/subscription.ts";
import type { Ending } from "./ending.ts";

const LISTS: Readonly<Record<string, ListKind>> = {
  toolsListChanged: "tools",
  promptsListChanged: "prompts",
  resourcesListChanged: "resources",
};

/**
 * Serves one `subscriptions/listen` until the client cancels it or the server has `ended`. Its outcome is the stream's
 * result, which a client that cancelled does not get (basic/patterns/subscriptions: graceful closure).
 * @param id the request's own, which names the subscription
 */
export async function listen(
  call: Call,
  id: RequestId,
  definition: ServerDefinition,
  ended: Ending,
): Promise<Outcome> {
  const tag = { [META.subscriptionId]: id };
  const waiting: Notice[] = [];
  let acknowledged = false;
  const deliver = (notice: Notice): void => {
    // MUST NOT notify before the acknowledgement.
    if (!acknowledged) waiting.push(notice);
    else call.emit({ method: notice.method, params: { ...notice.params, _meta: tag } });
  };
  const subscription = new Subscription(definition, deliver);
  const over = new AbortController();
  try {
    const notifications = {
      ...(await subscribe(subscription, call)),
      ...(await extend(definition, call, deliver, over.signal)),
    };
    const params = { _meta: tag, notifications };
    call.emit({ method: "notifications/subscriptions/acknowledged", params });
    acknowledged = true;
    for (const notice of waiting.splice(0)) deliver(notice);
    await ended.wait(call.signal);
  } finally {
    subscription.close();
    over.abort();
  }
  return complete({ _meta: tag });
}

/** Subscribes to what can be had of the filter; answers with that subset. */
async function subscribe(subscription: Subscription, call: Call): Promise<JsonObject> {
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

/** What extensions honour of the filter. */
async function extend(
  { filters }: ServerDefinition,
  call: Call,
  deliver: (notice: Notice) => void,
  over: AbortSignal,
): Promise<JsonObject> {
  const asked = call.params.notifications as JsonObject;
  const honoured: JsonObject = {};
  for (const [key, filter] of filters) {
    const value = asked[key];
    const part = value === undefined ? undefined : await filter(value, call, deliver, over);
    if (part !== undefined) honoured[key] = part;
  }
  return honoured;
}

async function subscribeEach(
  subscription: Subscription,
  uris: string[],
  call: Call,
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
